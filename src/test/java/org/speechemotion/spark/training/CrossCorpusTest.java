package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.spark.training.CrossCorpus.Training;
import org.speechemotion.train.Example;
import org.speechemotion.train.ExampleBuilder;

class CrossCorpusTest {
    @Test
    void trainingsAreSetsOfCorpora() {
        Set<String> corpora = new TreeSet<>(List.of("a", "b", "c"));
        assertThat(Training.EACH.of(corpora))
                .containsExactly(Map.entry("a", Set.of("a")), Map.entry("b", Set.of("b")), Map.entry("c", Set.of("c")));
        assertThat(Training.ALL_BUT_ONE.of(corpora))
                .containsExactly(
                        Map.entry("all-but-a", Set.of("b", "c")),
                        Map.entry("all-but-b", Set.of("a", "c")),
                        Map.entry("all-but-c", Set.of("a", "b")));
        assertThat(Training.ALL.of(corpora)).containsExactly(Map.entry("all", corpora));
    }

    @Test
    void oneRecordingInTwoCorporaIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CrossCorpus.corpora(List.of(
                        ExampleBuilder.clip("one.wav")
                                .content("hash")
                                .speaker("a:1")
                                .build(),
                        ExampleBuilder.clip("two.wav")
                                .content("hash")
                                .speaker("b:9")
                                .build())))
                .withMessage("the same recording is in two corpora: one.wav (a:1) and two.wav (b:9)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CrossCorpus.corpora(List.of(ExampleBuilder.clip("one.wav")
                        .content("hash")
                        .speaker("a:1")
                        .build())))
                .withMessageStartingWith("there are clips of the corpora [a] only; at least two are needed");
    }

    @Test
    void corporaWithoutTwoCommonEmotionsAreRejectedBeforeAnyTraining() {
        Map<String, List<Example>> corpora =
                Map.of("a", clips("a", Emotion.SAD, Emotion.ANGRY), "b", clips("b", Emotion.SAD, Emotion.CALM));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CrossCorpus.requireComparable(corpora, Map.of("a", Set.of("a")), LabelMap.identity()))
                .withMessageStartingWith("training a: the model and b share the emotions sad; at least two are needed");
        CrossCorpus.requireComparable(corpora, Map.of("a", Set.of("a")), LabelMap.of(Map.of("calm", "angry")));
    }

    private static List<Example> clips(String corpus, Emotion... emotions) {
        return List.of(emotions).stream()
                .map(emotion -> ExampleBuilder.clip(emotion.id())
                        .content(corpus + emotion)
                        .speaker(corpus + ":1")
                        .emotion(emotion)
                        .build())
                .toList();
    }
}
