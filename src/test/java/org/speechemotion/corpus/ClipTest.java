package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTest {
    @Test
    void actorIdsCarryTheCorpus() {
        assertThat(Clip.actorId("ravdess", "07")).isEqualTo("ravdess:07");
        assertThat(Clip.corpusOf("ravdess:07")).isEqualTo("ravdess");
        assertThat(Clip.corpusOf("mine:a:b")).isEqualTo("mine");
    }

    @Test
    void anActorOfAnotherCorpusIsRefused() {
        assertThatThrownBy(() -> new Clip("a.wav", "ravdess", "crema-d:1001", Emotion.SAD, "", ""))
                .hasMessage("speaker id is \"crema-d:1001\"; allowed: ids that begin with the corpus, \"ravdess:\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "07", ":07", "ravdess:", " :07"})
    void anIdWithoutCorpusOrActorIsRefused(String actorId) {
        assertThatThrownBy(() -> Clip.corpusOf(actorId)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCorpusNameWithAColonIsRefused() {
        assertThatThrownBy(() -> Clip.actorId("my:corpus", "1")).hasMessageContaining("my:corpus");
    }
}
