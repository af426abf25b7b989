package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmotionSetTest {
    private static final EmotionSet OWN = EmotionSet.ofModel(List.of("relaxed", "very_urgent", "happy"));

    @Test
    void theEightAreTheCodesOfRavdess() {
        assertThat(EmotionSet.EIGHT.emotions())
                .containsExactly(
                        Emotion.NEUTRAL,
                        Emotion.CALM,
                        Emotion.HAPPY,
                        Emotion.SAD,
                        Emotion.ANGRY,
                        Emotion.FEARFUL,
                        Emotion.DISGUST,
                        Emotion.SURPRISED);
        assertThat(EmotionSet.ofModel(EmotionSet.EIGHT.ids())).isSameAs(EmotionSet.EIGHT);
    }

    @Test
    void emotionsAreFoundByIdAndCommonNames() {
        assertThat(OWN.find("Very urgent").map(Emotion::label)).contains(1);
        assertThat(OWN.find("joy").map(Emotion::id)).contains("happy");
        assertThat(OWN.find("angry")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OWN.parse("relaxd"))
                .withMessage(
                        "emotion is \"relaxd\"; allowed: relaxed, very_urgent, happy, or another common name of one"
                                + " of them; did you mean relaxed?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Calm", "very urgent", "9", "silence", "uncertain", "größe", "a,b"})
    void namesThatFitNoColumnAreRejected(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmotionSet.ofModel(List.of("calm", id)))
                .withMessageStartingWith("emotion is \"" + id + "\"; allowed: a name");
    }

    @Test
    void aModelHasTwoToTwentyDifferentEmotions() {
        assertThatIllegalArgumentException().isThrownBy(() -> EmotionSet.ofModel(List.of("calm")));
        assertThatIllegalArgumentException().isThrownBy(() -> EmotionSet.ofModel(Collections.nCopies(2, "calm")));
        List<String> many = IntStream.range(0, 21).mapToObj(i -> "e" + i).toList();
        assertThatIllegalArgumentException().isThrownBy(() -> EmotionSet.ofModel(many));
        assertThat(EmotionSet.ofCorpus(many).size()).isEqualTo(21);
    }

    @Test
    void aUnionBeginsWithTheFirst() {
        assertThat(OWN.and(EmotionSet.EIGHT).ids())
                .startsWith("relaxed", "very_urgent", "happy", "neutral")
                .hasSize(10);
        assertThat(OWN.and(OWN)).isSameAs(OWN);
    }

    @Test
    void clipsKeepTheEmotionOfTheSameName() {
        SoftLabel votes = SoftLabel.ofVotes(List.of(0.0, 2.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0));
        Clip clip = Clip.of("a.wav", "made:1", Emotion.HAPPY).withSoftLabel(votes);
        assertThat(clip.in(OWN).orElseThrow().emotion()).isEqualTo(OWN.ofLabel(2));
        assertThat(clip.in(OWN).orElseThrow().softLabel().shares()).containsExactly(0.0, 0.0, 1.0);
        assertThat(clip.in(EmotionSet.EIGHT)).containsSame(clip);
        Entry angry = new Entry.Labelled(Clip.of("a.wav", "made:1", Emotion.ANGRY)).in(OWN);
        assertThat(((Entry.Rejected) angry).rejection().text())
                .isEqualTo("other-emotion: the emotion angry is none of corpora.emotions: relaxed, very_urgent, happy");
    }

    @Test
    void manifestsUseThemAsLabelsAndVotes() throws Exception {
        MemoryFiles files = new MemoryFiles("m.csv")
                .with(
                        "m.csv",
                        "path,actor_id,emotion,votes_very urgent,votes_joy\na.wav,ann,,2,1\nb.wav,ann,Relaxed,,\n"
                                + "c.wav,ann,disgust,,\n")
                .with("a.wav", "")
                .with("b.wav", "")
                .with("c.wav", "");
        List<Entry> entries = new Manifest(OWN).read(files, Map.of("labels.disgust", "Very-Urgent"));
        assertThat(entries)
                .extracting(entry -> ((Entry.Labelled) entry).clip().emotion().id())
                .containsExactly("very_urgent", "relaxed", "very_urgent");
        assertThat(((Entry.Labelled) entries.get(0)).clip().softLabel().shares())
                .containsExactly(0.0, 2.0 / 3, 1.0 / 3);
    }
}
