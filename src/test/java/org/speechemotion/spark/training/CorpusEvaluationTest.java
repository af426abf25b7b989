package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.BundleManifestBuilder;
import org.speechemotion.train.Example;
import org.speechemotion.train.ExampleBuilder;

class CorpusEvaluationTest {
    static final BundleManifest MANIFEST =
            manifest(Map.of("ravdess:01", "train", "ravdess:02", "validation", "ravdess:03", "test"));

    @Test
    void onlySharedEmotionsAreCompared() {
        List<Example> clips = List.of(
                clip("a", "emodb:03", Emotion.ANGRY),
                clip("b", "emodb:03", Emotion.NEUTRAL),
                clip("c", "emodb:08", Emotion.DISGUST));
        CorpusEvaluation.Shared shared = CorpusEvaluation.Shared.of(
                Set.copyOf(EmotionSet.EIGHT.stream()
                        .filter(emotion -> !emotion.equals(Emotion.DISGUST))
                        .toList()),
                clips,
                LabelMap.of(Map.of("calm", "neutral")),
                "emodb");
        assertThat(shared.clips()).extracting(Example::path).containsExactly("a", "b");
        assertThat(shared.labels().of(new TreeSet<>(EmotionSet.EIGHT.emotions())))
                .containsExactly(Emotion.NEUTRAL, Emotion.ANGRY);
        assertThat(shared.labels().of(Emotion.CALM)).contains(Emotion.NEUTRAL);
        assertThat(shared.notes())
                .containsExactly(
                        "emotions: neutral, angry; chance 50.0 %",
                        "merged: calm = neutral",
                        "no answers, because the corpus has no clip of them: happy, sad, fearful, surprised",
                        "left out: 1 clip of disgust, which the model was not trained on or evaluate.labels leaves"
                                + " out");
    }

    @Test
    void aCorpusWithFewerThanTwoEmotionsOfTheModelIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusEvaluation.Shared.of(
                        Set.of(Emotion.HAPPY, Emotion.SAD),
                        List.of(clip("a", "x:1", Emotion.SAD), clip("b", "x:1", Emotion.CALM)),
                        LabelMap.identity(),
                        "x"))
                .withMessageStartingWith("the model and x share the emotions sad; at least two are needed");
    }

    @Test
    void speakersOfTheSplitAndOthersAreNotMixed() {
        assertThat(CorpusEvaluation.isOwn(MANIFEST, Set.of("ravdess:03"))).isTrue();
        assertThat(CorpusEvaluation.isOwn(MANIFEST, Set.of("emodb:03", "ravdess:17")))
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusEvaluation.isOwn(MANIFEST, Set.of("ravdess:01", "ravdess:17")))
                .withMessageStartingWith("1 speakers, such as ravdess:01, are part of the model's own split, and 1,"
                        + " such as ravdess:17, are not");
    }

    @Test
    void trainingRecordingsAreRejectedUnderAnyName() {
        List<Example> trained =
                List.of(clip("one", "ravdess:01", Emotion.SAD), clip("three", "ravdess:03", Emotion.SAD));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusEvaluation.requireUnknown(
                        MANIFEST, trained, List.of(copy("other", "one", "copy:1")), false))
                .withMessage("the same recording is on two sides of the split: one (ravdess:01, train) and other"
                        + " (copy:1, test)");
        // The test side was not trained on.
        assertThatCode(() -> CorpusEvaluation.requireUnknown(
                        MANIFEST, trained, List.of(copy("other", "three", "copy:1")), false))
                .doesNotThrowAnyException();
    }

    @Test
    void aSpeakerUnderAnotherSpellingIsRejected() {
        List<Example> clips = List.of(clip("a", "ravdess:1", Emotion.SAD));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusEvaluation.requireUnknown(MANIFEST, List.of(), clips, false))
                .withMessageContaining("\"ravdess:01\" and \"ravdess:1\"");
        assertThatCode(() -> CorpusEvaluation.requireUnknown(MANIFEST, List.of(), clips, true))
                .doesNotThrowAnyException();
    }

    @Test
    void theModelNamesItsTrainedEmotions() {
        assertThat(MANIFEST.trainedEmotions()).containsExactly(Emotion.HAPPY, Emotion.SAD);
    }

    private static Example clip(String path, String speaker, Emotion emotion) {
        return copy(path, path, speaker, emotion);
    }

    private static Example copy(String path, String content, String speaker) {
        return copy(path, content, speaker, Emotion.SAD);
    }

    private static Example copy(String path, String content, String speaker, Emotion emotion) {
        return ExampleBuilder.clip(path)
                .content(content)
                .speaker(speaker)
                .emotion(emotion)
                .build();
    }

    private static BundleManifest manifest(Map<String, String> split) {
        return new BundleManifestBuilder("log-mel", "", 16_000, EmotionSet.EIGHT, 4)
                .split(split)
                .metrics(Map.of(BundleManifest.TRAINED_EMOTIONS, List.of("happy", "sad")))
                .build();
    }
}
