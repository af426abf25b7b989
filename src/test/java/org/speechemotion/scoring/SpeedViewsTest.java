package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.audio.Resampler;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.TinyNetwork;
import org.speechemotion.random.KeyedRandom;

class SpeedViewsTest {
    private static final int RATE = 8000;
    private static final List<float[]> CLIPS =
            IntStream.range(0, 5).mapToObj(SpeedViewsTest::clip).toList();

    @Test
    void speedsAreEvenlySpacedAndIncludeOneIfOdd() {
        assertThat(new SpeedViews(1).speeds()).containsExactly(1.0);
        assertThat(new SpeedViews(2).speeds()).containsExactly(0.92, 1.08);
        assertThat(new SpeedViews(3).speeds()).containsExactly(0.92, 1.0, 1.08);
        assertThat(new SpeedViews(5).speeds()).containsExactly(0.92, 0.96, 1.0, 1.04, 1.08);
    }

    @Test
    void oneViewIsTheClipToTheLastBit() {
        List<ClipScore> plain =
                ClipBatches.predicting(encoder(), model(), 2, true).run(CLIPS);
        List<ClipScore> one = ClipBatches.predicting(encoder(), model(), 2, true, new SpeedViews(1))
                .run(CLIPS);
        for (int i = 0; i < CLIPS.size(); i++) {
            assertThat(one.get(i).probabilities().values())
                    .isEqualTo(plain.get(i).probabilities().values());
            assertThat(one.get(i).embedding().orElseThrow())
                    .isEqualTo(plain.get(i).embedding().orElseThrow());
        }
        assertThat(SpeedViews.atSpeed(1, CLIPS.get(0), RATE)).isSameAs(CLIPS.get(0));
    }

    /** Audio at 8 kHz that is played at 0.92 and 1.08 times its speed is audio at 7360 and 8640 Hz. */
    @Test
    void threeViewsAreTheMeanOfThreeScorings() {
        List<ClipScore> three = ClipBatches.predicting(encoder(), model(), 2, true, new SpeedViews(3))
                .run(CLIPS);
        for (int i = 0; i < CLIPS.size(); i++) {
            List<ClipScore> alone = new ArrayList<>();
            for (float[] view : List.of(
                    Resampler.of(7360, RATE).resample(CLIPS.get(i)),
                    CLIPS.get(i),
                    Resampler.of(8640, RATE).resample(CLIPS.get(i)))) {
                alone.addAll(ClipBatches.predicting(encoder(), model(), 1, true).run(List.of(view)));
            }
            double[] product = new double[8];
            double sum = 0;
            for (int emotion = 0; emotion < product.length; emotion++) {
                product[emotion] = 1;
                for (ClipScore view : alone) {
                    product[emotion] *= Math.cbrt(view.probabilities().of(emotion));
                }
                sum += product[emotion];
            }
            for (int emotion = 0; emotion < product.length; emotion++) {
                assertThat((double) three.get(i).probabilities().of(emotion))
                        .isCloseTo(product[emotion] / sum, within(1e-5));
            }
            float[] embedding = three.get(i).embedding().orElseThrow();
            for (int value = 0; value < embedding.length; value++) {
                int index = value;
                assertThat((double) embedding[value])
                        .isCloseTo(
                                alone.stream()
                                        .mapToDouble(view -> view.embedding().orElseThrow()[index])
                                        .average()
                                        .orElseThrow(),
                                within(1e-5));
            }
            assertThat(alone.get(0).probabilities().values())
                    .isNotEqualTo(alone.get(2).probabilities().values());
        }
    }

    @ParameterizedTest
    @CsvSource({"0.92, 460, 8695", "1.08, 540, 7407"})
    void speedChangesPitchAndLength(double speed, double hertz, int length) {
        float[] sine = new float[RATE];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) Math.sin(2 * Math.PI * 500 * i / RATE);
        }
        float[] view = SpeedViews.atSpeed(speed, sine, RATE);
        assertThat(view.length).isBetween(length, length + 1);
        for (int i = 200; i < length - 200; i++) {
            assertThat((double) view[i]).isCloseTo(Math.sin(2 * Math.PI * hertz * i / RATE), within(1e-3));
        }
    }

    @Test
    void aViewThatIsNotFiniteIsNotHidden() {
        List<float[]> broken = List.of(new float[] {Float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        assertThat(ClipBatches.predicting(encoder(), model(), 2, false, new SpeedViews(3))
                        .run(broken)
                        .get(0)
                        .isFinite())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 16})
    void thereAreOneToFifteen(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpeedViews(count))
                .withMessage("score.views is " + count + "; allowed: 1 to 15");
    }

    private static float[] clip(int index) {
        KeyedRandom random = new KeyedRandom(1, Integer.toString(index));
        float[] samples = new float[900 + 300 * index];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * random.nextGaussian() + Math.sin(0.05 * (index + 1) * i));
        }
        return samples;
    }

    private static Encoder encoder() {
        return new LoudnessEncoder(RATE, 100);
    }

    private static EmotionModel model() {
        return new EmotionModel(TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE);
    }
}
