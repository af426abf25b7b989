package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.Waveform;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;

/** The contract of every augmentation; the test of each augmentation extends it. */
abstract class AugmentationContract {
    static final int RATE = 16_000;

    private static final int TEN_MINUTES = 600 * 8_000;

    /** Returns the name of its kind and of its section in {@code reference.conf}. */
    abstract String name();

    /** Settings of its section that it refuses, {@code key=value} each. */
    abstract List<String> refused();

    /** Settings of its section without which the defaults are of no use, {@code key=value} each. */
    List<String> given() {
        return List.of();
    }

    /** Returns the draws. */
    Sounds sounds() {
        return new MemorySounds();
    }

    /** Whether anything is drawn at all. */
    boolean draws() {
        return true;
    }

    /** Binds the settings of {@code reference.conf}, {@link #given}, and these. */
    final Augmentation augmentation(String... settings) {
        List<String> assignments = new ArrayList<>();
        given().forEach(setting -> assignments.add(section() + setting));
        Arrays.stream(settings).forEach(setting -> assignments.add(section() + setting));
        AugmentationKind kind = Plugins.find(AugmentationKind.class, name());
        return (Augmentation) Settings.load(List.of(), assignments).bind("augmentation." + name(), kind.type());
    }

    final Augmented apply(Augmentation augmentation, float[] samples, long draw) {
        return augmentation.apply(new Waveform(samples, RATE), new KeyedRandom(draw, name()), sounds());
    }

    @Test
    final void theSameDrawGivesTheSameSamples() {
        float[] speech = Speech.samples(2);

        Augmented first = apply(augmentation(), speech, 5);
        apply(augmentation(), Speech.samples(1), 6);
        Augmented second = apply(augmentation(), speech, 5);

        assertThat(second.waveform().samples()).isEqualTo(first.waveform().samples());
        assertThat(second.caption()).isEqualTo(first.caption()).isNotBlank();
    }

    @Test
    final void anotherDrawGivesOtherSamples() {
        float[] speech = Speech.samples(5);
        List<float[]> drawn = new ArrayList<>();
        for (int draw = 0; draw < 12; draw++) {
            float[] samples = apply(augmentation(), speech, draw).waveform().samples();
            if (drawn.stream().noneMatch(other -> Arrays.equals(other, samples))) {
                drawn.add(samples);
            }
        }

        assertThat(drawn).hasSizeGreaterThan(draws() ? 1 : 0);
        assertThat(drawn).anyMatch(samples -> !Arrays.equals(samples, speech));
    }

    @Test
    final void theInputIsLeftUntouched() {
        float[] speech = Speech.samples(3);

        for (int draw = 0; draw < 4; draw++) {
            apply(augmentation(), speech, draw);
        }

        assertThat(speech).isEqualTo(Speech.samples(3));
    }

    @Test
    final void resultsAreFiniteAndWithinTheirLengthLimit() {
        for (int rate : new int[] {8_000, RATE, 44_100}) {
            for (int length : new int[] {1, 2, 100, rate / 10 - 1, rate / 10, rate / 10 + 1, rate / 2, rate}) {
                for (float[] samples : List.of(new float[length], Arrays.copyOf(Speech.samples(3), length))) {
                    for (int draw = 0; draw < 3; draw++) {
                        check(augmentation(), new Waveform(samples, rate), draw);
                    }
                }
            }
        }
    }

    @Test
    final void silenceStaysQuiet() {
        float[] silence = apply(augmentation(), new float[RATE], 1).waveform().samples();

        assertThat(Levels.peak(silence)).isLessThan(0.05f);
    }

    @Test
    final void memoryGrowsLinearlyWithTheLength() {
        float[] clip = new float[TEN_MINUTES];
        float[] speech = Speech.samples(7);
        for (int at = 0; at < clip.length; at += speech.length) {
            System.arraycopy(speech, 0, clip, at, Math.min(speech.length, clip.length - at));
        }
        Augmentation augmentation = augmentation();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        check(augmentation, new Waveform(clip, 8_000), 3);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64L * TEN_MINUTES);
    }

    @Test
    final void survivesSerialisation() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(augmentation());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(augmentation());
        }
    }

    @Test
    final void invalidSettingsAreNamed() {
        for (String setting : refused()) {
            assertThatThrownBy(() -> augmentation(setting))
                    .as(setting)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContainingAll("augmentation." + name(), setting.replaceAll("=.*", ""));
        }
    }

    private void check(Augmentation augmentation, Waveform waveform, int draw) {
        Augmented augmented = augmentation.apply(waveform, new KeyedRandom(draw, name()), sounds());
        float[] samples = augmented.waveform().samples();
        String what = waveform.samples().length + " samples at " + waveform.sampleRate() + " Hz, draw " + draw;
        assertThat((long) samples.length)
                .as(what)
                .isBetween(1L, augmentation.maxLength(waveform.samples().length, waveform.sampleRate()));
        assertThat(augmented.waveform().sampleRate()).as(what).isEqualTo(waveform.sampleRate());
        assertThat(augmented.caption()).as(what).isNotBlank();
        boolean finite = true;
        for (float sample : samples) {
            finite &= Float.isFinite(sample);
        }
        assertThat(finite).as(what).isTrue();
    }

    private String section() {
        return "augmentation." + name() + ".";
    }
}
