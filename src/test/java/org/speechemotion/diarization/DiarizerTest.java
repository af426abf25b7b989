package org.speechemotion.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.acoustics.FrameLevels;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.demo.DemoSettings;
import org.speechemotion.demo.DemoSpeaker;
import org.speechemotion.diarization.Diarizer.Interval;
import org.speechemotion.random.KeyedRandom;

/** Voices of the demo, which take turns. */
class DiarizerTest {
    private static final int RATE = DemoSettings.SAMPLE_RATE;
    private static final int FRAME = RATE / 100;

    /** Samples, and the utterances in it in frames of 10 ms, spoken by turns. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Conversation(float[] samples, List<Interval> utterances) {}

    @Test
    void twoVoicesAreToldApart() {
        Conversation conversation = conversation(20, 1, 4);
        List<Turn> turns = turns(conversation, 2, Integer.MAX_VALUE);
        int right = 0;
        for (int i = 0; i < conversation.utterances.size(); i++) {
            Interval utterance = conversation.utterances.get(i);
            int speaker = i % 2 + 1;
            right += turns.stream()
                    .filter(turn -> turn.speaker() == speaker)
                    .mapToInt(turn -> Math.max(
                            0, Math.min(turn.end(), utterance.end()) - Math.max(turn.start(), utterance.start())))
                    .sum();
        }
        int all = conversation.utterances.stream()
                .mapToInt(utterance -> utterance.end() - utterance.start())
                .sum();
        assertThat((double) right / all).isGreaterThan(0.9);
    }

    @Test
    void turnsCoverTheSpeechAndNothingElse() {
        Conversation conversation = conversation(6, 2, 5);
        List<Turn> turns = turns(conversation, 2, Integer.MAX_VALUE);
        List<Interval> covered = new ArrayList<>();
        for (Turn turn : turns) {
            int last = covered.size() - 1;
            if (last >= 0 && covered.get(last).end() == turn.start()) {
                covered.set(last, new Interval(covered.get(last).start(), turn.end()));
            } else {
                covered.add(new Interval(turn.start(), turn.end()));
            }
        }
        assertThat(covered).isEqualTo(conversation.utterances);
        assertThat(turns.get(0).speaker()).isEqualTo(1);
    }

    @Test
    void aSpeakerWhoIsAloneHasAllTurns() {
        assertThat(turns(conversation(6, 1, 4), 1, Integer.MAX_VALUE))
                .hasSize(6)
                .allMatch(turn -> turn.speaker() == 1);
    }

    @Test
    void thePiecesInWhichSamplesArriveDecideNothing() {
        Conversation conversation = conversation(8, 3, 6);
        assertThat(turns(conversation, 2, 777)).isEqualTo(turns(conversation, 2, Integer.MAX_VALUE));
    }

    @Test
    void withoutSpeechThereIsNoTurn() {
        Diarizer diarizer = new Diarizer(RATE, 2);
        diarizer.accept(new float[RATE], RATE);
        assertThat(diarizer.turns(new float[100], List.of())).isEmpty();
        assertThat(new Diarizer(RATE, 2).turns(new float[0], List.of())).isEmpty();
    }

    @Test
    void aChannelThatIsTooLongHasNoTurns() {
        int rate = 8000;
        KeyedRandom random = new KeyedRandom(1, "noise");
        float[] second = new float[rate];
        for (int i = 0; i < rate; i++) {
            second[i] = (float) random.nextGaussian();
        }
        Diarizer diarizer = new Diarizer(rate, 2, 1);
        for (int i = 0; i < 60; i++) {
            diarizer.accept(second, rate);
        }
        List<Interval> speech = List.of(new Interval(0, 6000));
        List<Turn> turns = diarizer.turns(new float[6000], speech);
        assertThat(turns.get(0).start()).isZero();
        assertThat(turns.get(turns.size() - 1).end()).isEqualTo(6000);
        for (int i = 1; i < turns.size(); i++) {
            assertThat(turns.get(i).start()).isEqualTo(turns.get(i - 1).end());
        }

        diarizer.accept(second, 1);
        assertThat(diarizer.turns(new float[6001], speech)).isEmpty();
    }

    @Test
    void fewerPiecesThanSpeakersAreASpeakerEach() {
        float[] samples = DemoCorpus.utterance(DemoSpeaker.of(1, 1), Emotion.CALM, 1, 1, 1);
        Diarizer diarizer = new Diarizer(RATE, 8);
        diarizer.accept(samples, samples.length);
        assertThat(diarizer.turns(levels(samples), List.of(new Interval(0, 20), new Interval(40, 90))))
                .containsExactly(new Turn(1, 0, 20), new Turn(1, 40, 90));
    }

    @Test
    void theWhitenedDifferencesHaveNoCovariance() {
        KeyedRandom random = new KeyedRandom(1, "differences");
        List<double[]> differences = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            double common = random.nextGaussian();
            differences.add(new double[] {3 * common, common + 0.1 * random.nextGaussian()});
        }
        Whitening whitening = new Whitening(differences);
        double product = 0;
        double variance = 0;
        for (double[] difference : differences) {
            double[] white = whitening.of(difference);
            product += white[0] * white[1] / differences.size();
            variance += white[0] * white[0] / differences.size();
        }
        // The variances are doubled before they are inverted, the covariances are not.
        assertThat(variance).isCloseTo(0.5, within(1e-6));
        assertThat(product).isGreaterThan(0).isLessThan(0.5);
    }

    @Test
    void clustersAreNumberedInOrderAndJoinedByTheirMeanCosine() {
        double[][] vectors = {{0, 2}, {5, 0.1}, {0.1, 1}, {1, 0}, {-1, -1}};
        assertThat(SpeakerClusters.of(vectors, 3)).containsExactly(0, 1, 0, 1, 2);
        assertThat(SpeakerClusters.of(vectors, 1)).containsOnly(0);
        assertThat(SpeakerClusters.of(vectors, 9)).containsExactly(0, 1, 2, 3, 4);
        assertThat(SpeakerClusters.of(new double[][] {{0, 0}, {0, 0}}, 1)).containsExactly(0, 0);
    }

    /** Average linkage by trying every pair anew. */
    @Test
    void clustersAreThoseOfAverageLinkage() {
        for (int seed = 0; seed < 20; seed++) {
            KeyedRandom random = new KeyedRandom(seed, "vectors");
            double[][] vectors = new double[30][4];
            for (double[] vector : vectors) {
                Arrays.setAll(vector, i -> random.nextGaussian());
            }
            assertThat(SpeakerClusters.of(vectors, 4)).as("seed " + seed).isEqualTo(slowly(vectors, 4));
        }
    }

    private static int[] slowly(double[][] vectors, int count) {
        List<List<Integer>> clusters = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            clusters.add(new ArrayList<>(List.of(i)));
        }
        while (clusters.size() > count) {
            int[] best = new int[2];
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < clusters.size(); i++) {
                for (int j = i + 1; j < clusters.size(); j++) {
                    double sum = 0;
                    for (int one : clusters.get(i)) {
                        for (int other : clusters.get(j)) {
                            sum += cosine(vectors[one], vectors[other]);
                        }
                    }
                    double mean = sum / clusters.get(i).size() / clusters.get(j).size();
                    if (mean > max) {
                        max = mean;
                        best = new int[] {i, j};
                    }
                }
            }
            clusters.get(best[0]).addAll(clusters.remove(best[1]));
        }
        int[] numbers = new int[vectors.length];
        for (int i = 0; i < clusters.size(); i++) {
            for (int member : clusters.get(i)) {
                numbers[member] = i;
            }
        }
        return numbers;
    }

    private static double cosine(double[] one, double[] other) {
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            squares += one[i] * one[i];
            otherSquares += other[i] * other[i];
        }
        return product / Math.sqrt(squares * otherSquares);
    }

    private static Conversation conversation(int utterances, int... speakers) {
        List<float[]> parts = new ArrayList<>();
        List<Interval> intervals = new ArrayList<>();
        int frames = 0;
        for (int i = 0; i < utterances; i++) {
            float[] utterance = DemoCorpus.utterance(
                    DemoSpeaker.of(speakers[i % speakers.length], 1),
                    EmotionSet.EIGHT.emotions().get(i / 2 % 3),
                    1 + i / 2 % 2,
                    i,
                    1);
            int length = utterance.length / FRAME;
            parts.add(Arrays.copyOf(utterance, (length + 40) * FRAME));
            intervals.add(new Interval(frames, frames + length));
            frames += length + 40;
        }
        float[] samples = new float[frames * FRAME];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, samples, at, part.length);
            at += part.length;
        }
        return new Conversation(samples, intervals);
    }

    private static List<Turn> turns(Conversation conversation, int speakers, int step) {
        Diarizer diarizer = new Diarizer(RATE, speakers);
        float[] samples = conversation.samples;
        for (int from = 0; from < samples.length; ) {
            int to = (int) Math.min(samples.length, (long) from + step);
            diarizer.accept(Arrays.copyOfRange(samples, from, to), to - from);
            from = to;
        }
        return diarizer.turns(levels(samples), conversation.utterances);
    }

    private static float[] levels(float[] samples) {
        FrameLevels levels = new FrameLevels(RATE);
        levels.accept(samples, samples.length);
        levels.finish();
        return levels.toArray();
    }
}
