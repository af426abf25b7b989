package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.demo.DemoSpeaker;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.SpeechFrames;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;

/** Silence and noise around the speech of a clip, and its gain, hardly move the probabilities of a trained network. */
class SpeechInvarianceTest {
    private static final int RATE = 16_000;
    private static final int BATCH = 16;
    private static final int EPOCHS = 20;

    /** The network has no strides, because one more frame at the start would move all others to other steps of a stride. */
    private static final NetworkSettings NETWORK = NetworkSettings.of(
                    new ContextSettings(16, List.of(5, 5), List.of(1, 1)), 16)
            .withDropout(0.3);

    @ParameterizedTest
    @ValueSource(strings = {"prosody", "log-mel"})
    void surroundingsOfSpeechDoNotMatter(String name) {
        try (Encoder encoder = Encoders.open(EncoderSettings.of(name, RATE, LogMelSettings.defaults()))) {
            EmotionModel model = trained(encoder);
            int right = 0;
            Map<String, Float> largest = new TreeMap<>();
            for (Emotion emotion : EmotionSet.EIGHT) {
                float[] clip = clip(9, emotion, 0);
                float[] expected = predict(encoder, model, clip);
                right += best(expected) == emotion.label() ? 1 : 0;
                variants(clip).forEach((variant, samples) -> {
                    float[] found = predict(encoder, model, samples);
                    for (int i = 0; i < found.length; i++) {
                        largest.merge(variant, Math.abs(found[i] - expected[i]), Math::max);
                    }
                });
            }
            assertThat(largest).allSatisfy((variant, difference) -> assertThat(difference)
                    .as("%s, of %s", variant, largest)
                    .isLessThanOrEqualTo(0.05f));
            // A network that has learnt nothing would not change its mind either.
            assertThat(right).isGreaterThanOrEqualTo(4);
        }
    }

    /** Returns both statements of a speaker, about 1.5 s. */
    private static float[] clip(int speaker, Emotion emotion, int repetition) {
        DemoSpeaker voice = DemoSpeaker.of(speaker, 7);
        float[] first = DemoCorpus.utterance(voice, emotion, 1, repetition, 7);
        float[] second = DemoCorpus.utterance(voice, emotion, 2, repetition, 7);
        float[] clip = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, clip, first.length, second.length);
        return clip;
    }

    private static Map<String, float[]> variants(float[] clip) {
        Map<String, float[]> variants = new LinkedHashMap<>();
        variants.put("the speech alone", SpeechFrames.trim(clip, RATE, 30));
        for (double decibels : new double[] {-20, 20}) {
            variants.put("gain " + decibels, scaled(clip, decibels));
        }
        for (double seconds : new double[] {0.5, 2}) {
            int silence = (int) (seconds * RATE);
            variants.put(seconds + " s of silence before", room(clip, silence, 0, 0));
            variants.put(seconds + " s of silence after", room(clip, 0, silence, 0));
            variants.put(seconds + " s of room before", room(clip, silence, 0, 0.0005));
            variants.put(seconds + " s of room after", room(clip, 0, silence, 0.0005));
        }
        // As loud as soft speech, around a recording that begins and ends with a pause.
        float[] surrounded = room(clip, 30 * RATE / 100, 30 * RATE / 100, 0);
        for (double decibels : new double[] {-30, -22, -14}) {
            double deviation = loudest(clip) * Math.pow(10, decibels / 20);
            variants.put("room at " + decibels + " dB", room(surrounded, RATE, 2 * RATE, deviation));
        }
        return variants;
    }

    private static float[] scaled(float[] clip, double decibels) {
        float[] scaled = clip.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= (float) Math.pow(10, decibels / 20);
        }
        return scaled;
    }

    /** Returns the root mean square of the loudest 100 ms. */
    private static double loudest(float[] clip) {
        double loudest = 0;
        for (int from = 0; from + RATE / 10 <= clip.length; from += RATE / 100) {
            double sum = 0;
            for (int i = from; i < from + RATE / 10; i++) {
                sum += clip[i] * clip[i];
            }
            loudest = Math.max(loudest, Math.sqrt(sum / (RATE / 10)));
        }
        return loudest;
    }

    /** Adds noise of a standard deviation before and after a clip. */
    private static float[] room(float[] clip, int before, int after, double deviation) {
        SplittableRandom random = new SplittableRandom(3);
        float[] longer = new float[before + clip.length + after];
        for (int i = 0; i < longer.length; i++) {
            longer[i] = i >= before && i < before + clip.length
                    ? clip[i - before]
                    : (float) random.nextGaussian(0, Math.max(Double.MIN_NORMAL, deviation));
        }
        return longer;
    }

    private static float[] predict(Encoder encoder, EmotionModel model, float[] samples) {
        return model.probabilities(encoder.encode(List.of(samples))).get(0);
    }

    private static int best(float[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }

    private static EmotionModel trained(Encoder encoder) {
        List<Frames> frames = new ArrayList<>();
        List<Emotion> labels = new ArrayList<>();
        for (int repetition = 0; repetition < 1; repetition++) {
            for (int speaker = 1; speaker <= 8; speaker++) {
                for (Emotion emotion : EmotionSet.EIGHT) {
                    float[] clip = clip(speaker, emotion, repetition);
                    frames.addAll(encoder.encode(List.of(clip)));
                    labels.add(emotion);
                }
            }
        }
        int multiple = NETWORK.context().totalStride();
        ComputationGraph graph =
                new ComputationGraph(EmotionNetwork.configuration(NETWORK, encoder.width(), new Adam(0.002), 1));
        graph.init();
        SplittableRandom random = new SplittableRandom(5);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int from = 0; from < frames.size(); from += BATCH) {
                List<Frames> cropped = frames.subList(from, from + BATCH).stream()
                        .map(clip -> cropped(clip, random))
                        .toList();
                FrameBatch batch = FrameBatch.of(cropped, multiple);
                INDArray targets =
                        Nd4j.valueArrayOf(new long[] {BATCH, EmotionSet.EIGHT.size()}, 0.1f / EmotionSet.EIGHT.size());
                for (int i = 0; i < BATCH; i++) {
                    targets.putScalar(i, labels.get(from + i).label(), 0.9 + 0.1 / EmotionSet.EIGHT.size());
                }
                graph.fit(new MultiDataSet(
                        new INDArray[] {batch.frames()},
                        new INDArray[] {targets},
                        new INDArray[] {batch.mask()},
                        new INDArray[] {null}));
            }
        }
        EmotionModel model = new EmotionModel(graph, multiple);
        model.poolingStatistics(frames).writeTo(graph);
        return model;
    }

    /** Leaves out some of the first and last frames, as random crops do. */
    private static Frames cropped(Frames clip, SplittableRandom random) {
        int from = random.nextInt(8);
        int end = clip.time() - random.nextInt(8);
        return new Frames(
                Arrays.copyOfRange(clip.values(), from * clip.width(), end * clip.width()), end - from, clip.width());
    }
}
