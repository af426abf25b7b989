package org.speechemotion.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.corpus.Clip;
import org.speechemotion.random.KeyedRandom;

class SpeakerSplitterTest {
    private static final List<String> RAVDESS = speakers("ravdess", 1, 24);
    private static final List<String> CREMA_D = speakers("crema-d", 1001, 1091);
    private static final List<String> BOTH =
            Stream.concat(RAVDESS.stream(), CREMA_D.stream()).toList();

    @ParameterizedTest
    @CsvSource({
        // 0.15 of 24 is 3.6, of 91 is 13.65, of 12 is 1.8, of 3 is 0.45: the nearest number, but one at least
        "24, 4, 4",
        "91, 14, 14",
        "12, 2, 2",
        "3, 1, 1"
    })
    void ratiosAssignWholeSpeakers(int speakers, int validation, int test) {
        SpeakerSplit split = SpeakerSplitter.split(speakers("any", 1, speakers), SplitSettings.defaults());

        assertThat(split.speakers(Side.VALIDATION)).hasSize(validation);
        assertThat(split.speakers(Side.TEST)).hasSize(test);
        assertThat(split.speakers(Side.TRAIN)).hasSize(speakers - validation - test);
    }

    @Test
    void everySideHasEveryCorpus() {
        SpeakerSplit split = SpeakerSplitter.split(BOTH, SplitSettings.defaults());

        for (Side side : Side.values()) {
            assertThat(split.speakers(side).stream().map(Clip::corpusOf).distinct())
                    .as(side.id())
                    .containsExactlyInAnyOrder("ravdess", "crema-d");
        }
    }

    @Test
    void otherCorporaDoNotChangeASplit() {
        SpeakerSplit alone = SpeakerSplitter.split(RAVDESS, SplitSettings.defaults());
        SpeakerSplit together = SpeakerSplitter.split(BOTH, SplitSettings.defaults());

        assertThat(together.assignment()).containsAllEntriesOf(alone.assignment());
    }

    @Test
    void onlyTheSeedDecides() {
        List<String> shuffled = new ArrayList<>(BOTH);
        shuffled.addAll(RAVDESS);
        new KeyedRandom(9).shuffle(shuffled);

        assertThat(SpeakerSplitter.split(shuffled, SplitSettings.defaults()))
                .isEqualTo(SpeakerSplitter.split(BOTH, SplitSettings.defaults()));
        assertThat(SpeakerSplitter.split(BOTH, ratios(0.15, 0.15, 43)))
                .isNotEqualTo(SpeakerSplitter.split(BOTH, ratios(0.15, 0.15, 42)));
    }

    @Test
    void everySpeakerIsEquallyLikelyToTest() {
        int[] tested = new int[12];
        List<String> speakers = speakers("any", 1, 12);
        for (int seed = 0; seed < 2400; seed++) {
            SpeakerSplit split = SpeakerSplitter.split(speakers, ratios(0.15, 0.25, seed)); // 3 of 12 test
            IntStream.range(0, 12)
                    .filter(i -> split.sideOf(speakers.get(i)) == Side.TEST)
                    .forEach(i -> tested[i]++);
        }

        // Binomial(2400, 1/4): mean 600, standard deviation 21.2
        assertThat(tested).satisfies(counts -> assertThat(IntStream.of(counts)).allMatch(n -> n > 510 && n < 690));
    }

    @Test
    void everySpeakerIsOnExactlyOneSide() {
        for (int i = 0; i < 500; i++) {
            KeyedRandom random = new KeyedRandom(i, "case");
            Set<String> speakers = new HashSet<>();
            int corpora = 1 + random.nextInt(3);
            for (int corpus = 0; corpus < corpora; corpus++) {
                speakers.addAll(speakers("c" + corpus, 1, 3 + random.nextInt(30)));
            }
            double validation = random.nextDouble(0, 0.5);
            SplitSettings settings = ratios(validation, random.nextDouble(0, 0.999 - validation), i);

            SpeakerSplit split = SpeakerSplitter.split(speakers, settings);

            List<String> sides = new ArrayList<>();
            for (Side side : Side.values()) {
                assertThat(split.speakers(side)).isNotEmpty();
                sides.addAll(split.speakers(side));
            }
            assertThat(sides).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(speakers);
        }
    }

    @Test
    void aRatioOfZeroLeavesTheSideEmpty() {
        SpeakerSplit split = SpeakerSplitter.split(List.of("one:1"), ratios(0, 0, 42));

        assertThat(split.speakers(Side.TRAIN)).containsExactly("one:1");
        assertThat(SpeakerSplitter.split(RAVDESS, ratios(0.2, 0, 42)).speakers(Side.TEST))
                .isEmpty();
    }

    @Test
    void tooFewSpeakersAreAnErrorWithTheMinimum() {
        assertThatThrownBy(() -> SpeakerSplitter.split(List.of("mine:a", "mine:b"), SplitSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("corpus mine has 2 speaker(s)", "mine:a", "3 in all", "set a ratio to 0");
        assertThatThrownBy(() -> SpeakerSplitter.split(List.of(), SplitSettings.defaults()))
                .hasMessage("split: number of speakers is 0; allowed: at least 1");
    }

    @Test
    void foldsTestEverySpeakerOnce() {
        List<String> tested = new ArrayList<>();
        for (int fold = 0; fold < 5; fold++) {
            SpeakerSplit split = SpeakerSplitter.split(BOTH, folds(5, fold, 0.15));
            tested.addAll(split.speakers(Side.TEST));

            assertThat(split.assignment()).hasSize(BOTH.size());
            assertThat(split.speakers(Side.VALIDATION)).hasSize(4 + 14);
            assertThat(split.speakers(Side.TEST).stream().map(Clip::corpusOf).distinct())
                    .hasSize(2);
        }

        assertThat(tested).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(BOTH);
    }

    @Test
    void validationIsTheNextFold() {
        SpeakerSplit first = SpeakerSplitter.split(RAVDESS, folds(4, 0, 0.25));
        SpeakerSplit last = SpeakerSplitter.split(RAVDESS, folds(4, 3, 0.25));
        SpeakerSplit second = SpeakerSplitter.split(RAVDESS, folds(4, 1, 0.25));

        assertThat(first.speakers(Side.VALIDATION)).isEqualTo(second.speakers(Side.TEST));
        assertThat(last.speakers(Side.VALIDATION)).isEqualTo(first.speakers(Side.TEST));
    }

    @Test
    void asManyFoldsAsSpeakersLeaveOneOut() {
        assertThat(SpeakerSplitter.split(RAVDESS, folds(24, 7, 0.1)).speakers(Side.TEST))
                .hasSize(1);
        assertThatThrownBy(() -> SpeakerSplitter.split(RAVDESS, folds(25, 7, 0.1)))
                .hasMessageContainingAll("corpus ravdess has 24 speaker(s)", "25 folds", "at least 25");
        assertThatThrownBy(() -> SpeakerSplitter.split(List.of("a:1", "a:2"), folds(2, 0, 0.1)))
                .hasMessageContaining("at least 3");
    }

    @Test
    void listsArePreservedAndTheOthersTrain() {
        SplitSettings lists =
                SplitSettings.defaults().withLists(List.of("ravdess:02"), List.of("ravdess:01", "crema-d:1091"));

        SpeakerSplit split = SpeakerSplitter.split(BOTH, lists);

        assertThat(split.speakers(Side.VALIDATION)).containsExactly("ravdess:02");
        assertThat(split.speakers(Side.TEST)).containsExactly("crema-d:1091", "ravdess:01");
        assertThat(split.speakers(Side.TRAIN)).hasSize(BOTH.size() - 3);
    }

    @Test
    void unknownListedSpeakersAreAnErrorWithTheNearestKnown() {
        SplitSettings lists =
                SplitSettings.defaults().withRatios(0, 0).withLists(List.of(), List.of("ravdess:1", "ravdess:02"));

        assertThatThrownBy(() -> SpeakerSplitter.split(RAVDESS, lists))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("split: listed speakers without clips: \"ravdess:1\" (nearest known: ravdess:01)");
    }

    @Test
    void listsWithoutTrainingSpeakersAreAnError() {
        SplitSettings lists = SplitSettings.defaults().withRatios(0, 0).withLists(List.of("a:1"), List.of("a:2"));

        assertThatThrownBy(() -> SpeakerSplitter.split(List.of("a:1", "a:2"), lists))
                .hasMessageContaining("at least one for training");
    }

    private static SplitSettings ratios(double validation, double test, long seed) {
        return SplitSettings.defaults().withRatios(validation, test).withSeed(seed);
    }

    private static SplitSettings folds(int folds, int fold, double validation) {
        return SplitSettings.defaults().withRatios(validation, 0).withFolds(folds, fold);
    }

    private static List<String> speakers(String corpus, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(speaker -> "%s:%02d".formatted(corpus, speaker))
                .toList();
    }
}
