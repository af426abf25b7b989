package org.speechemotion.audio;

import java.util.Arrays;
import java.util.Locale;
import org.speechemotion.common.RejectedException;

/**
 * Determines the full scale of floating-point samples. It should be 1, but some programs write the range of integers. The
 * first {@value #HELD} samples are held back until it is known. Samples beyond full scale are not clipped.
 */
final class FloatScale {

    /** The number of samples of all channels together, 4 s of mono at 16 kHz. */
    private static final int HELD = 1 << 16;

    /** The maximum overshoot, 24 dB beyond full scale; a higher peak means another scale. */
    private static final float MAX_OVERSHOOT = 16;

    /** Below this peak, samples with fractions are too quiet to belong to the range of 16-bit integers. */
    private static final float MIN_OF_16_BITS = 256;

    /** Resampling and filters overshoot the largest integer a little. */
    private static final float INTEGER_OVERSHOOT = 1.25f;

    private static final float[] INTEGER_SCALES = {0x1p15f, 0x1p23f, 0x1p31f};

    private final SampleSink sink;
    private final int channels;
    private float[] held = new float[0];
    private int filled;
    private float fullScale;
    private float peak;

    FloatScale(SampleSink sink, int channels) {
        this.sink = sink;
        this.channels = channels;
    }

    /** Takes the next frames, interleaved; the array may be modified. */
    void accept(float[] interleaved, int count) throws RejectedException {
        int samples = count * channels;
        if (fullScale == 0 && filled + samples > HELD) {
            decide();
        }
        if (fullScale > 0) {
            pass(interleaved, count);
            return;
        }
        if (held.length < filled + samples) {
            held = Arrays.copyOf(held, Math.max(filled + samples, 2 * held.length));
        }
        System.arraycopy(interleaved, 0, held, filled, samples);
        filled += samples;
    }

    /** Passes on the samples that are still held back. */
    void finish() throws RejectedException {
        if (fullScale == 0) {
            decide();
        }
        if (fullScale == 1 && peak > 1) {
            sink.note(String.format(
                    Locale.ROOT, "floating-point samples reach %.4g, beyond full scale, and are not clipped", peak));
        }
    }

    private void decide() throws RejectedException {
        boolean whole = true;
        float highest = 0;
        for (int i = 0; i < filled; i++) {
            float magnitude = Math.abs(held[i]);
            if (Float.isFinite(magnitude)) { // the sink rejects the others
                highest = Math.max(highest, magnitude);
                whole &= magnitude == Math.rint(magnitude);
            }
        }
        fullScale = scale(highest, whole);
        if (fullScale == 1) {
            sink.keepOvershoot();
        } else {
            sink.note(String.format(
                    Locale.ROOT,
                    "floating-point samples are in the range of integers, up to %.0f, and were divided by %.0f",
                    highest,
                    fullScale));
        }
        pass(held, filled / channels);
        held = new float[0];
    }

    private static float scale(float highest, boolean whole) throws RejectedException {
        if (highest <= 1 || (!whole && highest <= MAX_OVERSHOOT)) {
            return 1;
        }
        for (float scale : INTEGER_SCALES) {
            if (highest <= scale * INTEGER_OVERSHOOT && (whole || highest >= MIN_OF_16_BITS)) {
                return scale;
            }
        }
        throw wrongScale(highest);
    }

    private void pass(float[] interleaved, int count) throws RejectedException {
        float max = fullScale * (fullScale == 1 ? MAX_OVERSHOOT : INTEGER_OVERSHOOT);
        for (int i = 0; i < count * channels; i++) {
            float magnitude = Math.abs(interleaved[i]);
            if (magnitude > max && magnitude <= Float.MAX_VALUE) {
                throw wrongScale(magnitude);
            }
            peak = Math.max(peak, magnitude);
            interleaved[i] /= fullScale;
        }
        sink.accept(interleaved, count);
    }

    private static RejectedException wrongScale(float found) {
        return RejectionReason.UNREADABLE.exception(String.format(
                Locale.ROOT,
                "floating-point samples reach %.4g; allowed: [-1, 1], a little beyond, or the range of "
                        + "integers from the beginning on",
                found));
    }
}
