package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTest {
    @Test
    void speakerIdsCarryTheCorpus() {
        assertThat(Clip.speakerId("ravdess", "07")).isEqualTo("ravdess:07");
        assertThat(Clip.corpusOf("ravdess:07")).isEqualTo("ravdess");
        assertThat(Clip.corpusOf("mine:a:b")).isEqualTo("mine");
    }

    @Test
    void aClipIsOfTheCorpusOfItsSpeaker() {
        assertThat(Clip.of("a.wav", "crema-d:1001", Emotion.SAD).corpus()).isEqualTo("crema-d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "07", ":07", "ravdess:", " :07"})
    void anIdWithoutCorpusOrSpeakerIsRefused(String speakerId) {
        assertThatThrownBy(() -> Clip.of("a.wav", speakerId, Emotion.SAD)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Clip.corpusOf(speakerId)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCorpusNameWithAColonIsRefused() {
        assertThatThrownBy(() -> Clip.speakerId("my:corpus", "1")).hasMessageContaining("my:corpus");
    }
}
