package org.speechemotion.asr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.random.KeyedRandom;

class CtcSearchTest {
    /** The blank, two letters and the delimiter of words. */
    private static final CtcVocabulary VOCABULARY = new CtcVocabulary(List.of("<pad>", "a", "b", " "), 0);

    private static final int WIDE = 1000;

    @TempDir
    Path temporary;

    @Test
    void greedyDecodingMergesRepetitionsAndDropsBlanks() {
        // blank a a blank a delimiter b b: the blank between makes two a's of one run
        Transcript transcript = decoded(new GreedySearch(VOCABULARY), path(0, 1, 1, 0, 1, 3, 2, 2));
        assertThat(transcript.text()).isEqualTo("aa b");
        Word first = transcript.words().get(0);
        Word second = transcript.words().get(1);
        assertThat(first).isEqualTo(new Word("aa", 0.02, 0.1, first.confidence()));
        assertThat(second).isEqualTo(new Word("b", 0.12, 0.16, second.confidence()));
        double each = Math.exp(3) / (Math.exp(3) + 3);
        assertThat(first.confidence()).isCloseTo(each, within(1e-6));
        assertThat(second.confidence()).isCloseTo(each, within(1e-6));
    }

    @Test
    void delimitersAloneAreNoWords() {
        for (int[] path : new int[][] {{}, {0, 0}, {3, 0, 3}}) {
            assertThat(decoded(new GreedySearch(VOCABULARY), path(path))).isEqualTo(Transcript.EMPTY);
            assertThat(decoded(new PrefixBeamSearch(VOCABULARY, 4, Optional.empty()), path(path)))
                    .isEqualTo(Transcript.EMPTY);
        }
        assertThat(decoded(new GreedySearch(VOCABULARY), path(3, 1, 3, 0, 3, 2, 3))
                        .text())
                .isEqualTo("a b");
    }

    /** The example of Graves (2012, section 7.5): the best path is empty, but the alignments of "a" are more probable. */
    @Test
    void beamSearchSumsAlignmentsWhichBestPathDecodingDoesNot() {
        CtcVocabulary two = new CtcVocabulary(List.of("<pad>", "a"), 0);
        float[][] frames = {
            {(float) Math.log(0.6), (float) Math.log(0.4)}, {(float) Math.log(0.6), (float) Math.log(0.4)}
        };
        assertThat(labels(new GreedySearch(two), frames)).isEmpty();
        assertThat(labels(new PrefixBeamSearch(two, 3, Optional.empty()), frames))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aWideBeamFindsTheMostProbableSequenceAndItsBestAlignment(long seed) {
        float[][] frames = noise(seed, 6, 4);
        Alignments every = new Alignments(frames, 0);
        List<CtcToken> expected = every.aligned(every.best(labels -> 0));
        assertSame(labels(new PrefixBeamSearch(VOCABULARY, WIDE, Optional.empty()), frames), expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aLanguageModelIsAddedToTheScoreOfEverySequence(long seed) throws IOException {
        NgramModel model = ArpaFile.read(Files.writeString(temporary.resolve("lm.arpa"), ArpaFileTest.TRIGRAMS));
        WordScorer scorer = new WordScorer(model, 1.3, 0.7);
        float[][] frames = noise(100 + seed, 6, 4);
        Alignments every = new Alignments(frames, 0);
        List<CtcToken> expected = every.aligned(every.best(labels -> score(model, labels)));
        assertSame(labels(new PrefixBeamSearch(VOCABULARY, WIDE, Optional.of(scorer)), frames), expected);
    }

    /** The score of the words by the model alone, without the search's own bookkeeping. */
    private static double score(NgramModel model, List<Integer> labels) {
        String text = labels.stream().map(VOCABULARY::text).collect(Collectors.joining());
        int[] context = model.start();
        double score = 0;
        for (String word : text.isBlank() ? new String[0] : text.strip().split(" +", -1)) {
            score += 1.3 * Math.log(10) * model.log10(context, word) + 0.7;
            context = model.next(context, word);
        }
        return score + 1.3 * Math.log(10) * model.end(context);
    }

    @Test
    void aNarrowBeamSufficesForAConfidentModel() {
        int[] path = {0, 1, 1, 0, 1, 3, 2, 2, 0, 2, 3, 1};
        assertThat(labels(new PrefixBeamSearch(VOCABULARY, 2, Optional.empty()), path(path)).stream()
                        .map(CtcToken::id))
                .containsExactly(1, 1, 3, 2, 2, 3, 1);
    }

    @Test
    void thousandsOfFramesDoNotOverflowTheStack() {
        int[] path = IntStream.range(0, 20_000).map(i -> i % 4).toArray();
        assertThat(labels(new PrefixBeamSearch(VOCABULARY, 3, Optional.empty()), path(path)))
                .hasSize(15_000);
    }

    private static void assertSame(List<CtcToken> actual, List<CtcToken> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            CtcToken token = actual.get(i);
            assertThat(token)
                    .isEqualTo(new CtcToken(
                            expected.get(i).id(),
                            expected.get(i).start(),
                            expected.get(i).end(),
                            token.logProbability()));
            assertThat(token.logProbability()).isCloseTo(expected.get(i).logProbability(), within(1e-5f));
        }
    }

    private static Transcript decoded(CtcSearch search, float[][] frames) {
        return VOCABULARY.transcript(labels(search, frames), 0.02);
    }

    private static List<CtcToken> labels(CtcSearch search, float[][] frames) {
        for (float[] frame : frames) {
            search.accept(frame);
        }
        return search.best();
    }

    /** Frames in which one token has a logit of 3 and the others of 0. */
    private static float[][] path(int... ids) {
        float[][] frames = new float[ids.length][4];
        for (int t = 0; t < ids.length; t++) {
            frames[t][ids[t]] = 3;
        }
        return frames;
    }

    private static float[][] noise(long seed, int frames, int tokens) {
        KeyedRandom random = new KeyedRandom(seed);
        float[][] noise = new float[frames][tokens];
        for (float[] frame : noise) {
            for (int i = 0; i < tokens; i++) {
                frame[i] = (float) random.nextDouble(-2, 2);
            }
        }
        return noise;
    }
}
