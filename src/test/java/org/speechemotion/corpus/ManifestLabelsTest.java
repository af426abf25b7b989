package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.common.Rejection;

class ManifestLabelsTest {
    private static final CorpusFiles BORED = ManifestTest.manifest(
            "path,actor_id,emotion\n" + "a.wav,ann,Excited\nsub/b.flac,bob,boredom\n/elsewhere/c.mp3,bob,Anger\n");

    @Test
    void settingsMapOtherLabels() throws IOException {
        List<Entry> entries = new Manifest()
                .read(BORED, Map.of("labels.excited", "joy", "labels.BOREDOM", "", "labels.anger", "sad"));

        assertThat(CorpusContract.clips(entries))
                .extracting(Clip::path, Clip::emotion)
                .containsExactly(tuple("/data/a.wav", Emotion.HAPPY), tuple("/elsewhere/c.mp3", Emotion.SAD));
        assertThat(CorpusContract.rejections(entries))
                .containsExactly(new Entry.Rejected(
                        "/data/sub/b.flac",
                        "manifest",
                        new Rejection(
                                "left-out",
                                "/data/list.csv, line 3: the label \"boredom\" is left out by"
                                        + " corpora.manifest.labels")));
    }

    @Test
    void anUnknownLabelIsAnErrorThatListsAllLabels() {
        CorpusFiles files = ManifestTest.manifest("path,actor_id,emotion\n"
                + "a.wav,ann,happiness\nsub/b.flac,bob,hapiness\ngone.wav,bob,xxx\ngone2.wav,bob,xxx\n");

        assertThatThrownBy(() -> new Manifest().read(files, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("/data/list.csv: no emotion is called \"hapiness\" (did you mean happiness?), \"xxx\"."
                        + " Map each such label with corpora.manifest.labels.<label>=<emotion>, or exclude its"
                        + " rows with corpora.manifest.labels.<label>=\"\"."
                        + " Labels found: \"xxx\" 2, \"hapiness\" 1, \"happiness\" 1");
    }

    @Test
    void theErrorIsOneLineOfBoundedLength() {
        StringBuilder text = new StringBuilder("path,actor_id,emotion\n");
        for (int i = 0; i < 5_000; i++) {
            text.append("a.wav,ann,\"what\nsomebody said ")
                    .append("very ".repeat(50))
                    .append(i)
                    .append("\"\n");
        }
        assertThatThrownBy(() -> new Manifest().read(ManifestTest.manifest(text.toString()), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\n")
                .hasMessageContaining("and 4980 more")
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(4_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "labels.excited | hapy | corpora.manifest.labels.excited: emotion is \"hapy\"; allowed: neutral",
                "labels.excited | boredom | corpora.manifest.labels.excited: emotion is \"boredom\"; allowed: neutral",
            })
    void aLabelCanStandForNothingButAnEmotion(String option, String emotion, String message) {
        assertThatThrownBy(() -> new Manifest().read(BORED, Map.of(option, emotion)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("\"\" excludes the rows of the label");
    }

    @Test
    void aLabelHasOneMeaning() {
        assertThatThrownBy(() -> new Manifest().read(BORED, Map.of("labels.excited", "happy", "labels.Excited", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }
}
