package org.speechemotion.audio;

import org.speechemotion.common.RejectedException;

/** Holds back the last samples until it is known whether they are the encoder's padding. */
final class Mp3Tail {

    private final int held;
    private final int channels;
    private final SampleSink sink;
    private float[] samples = new float[0];
    private int count;
    private long passed;

    /**
     * Creates an empty buffer.
     *
     * @param held the number of samples of each channel to hold back
     */
    Mp3Tail(int held, int channels, SampleSink sink) {
        this.held = held;
        this.channels = channels;
        this.sink = sink;
    }

    /** Takes interleaved samples from a given one on. */
    void accept(float[] interleaved, int from, int more) throws RejectedException {
        int needed = (held + more) * channels;
        if (samples.length < needed) {
            float[] longer = new float[needed];
            System.arraycopy(samples, 0, longer, 0, count * channels);
            samples = longer;
        }
        System.arraycopy(interleaved, from * channels, samples, count * channels, more * channels);
        count += more;
        pass(count - held);
    }

    /** Passes on the rest of the first {@code total} samples of each channel. */
    void finish(long total) throws RejectedException {
        pass((int) Math.min(count, total - passed));
    }

    private void pass(int frames) throws RejectedException {
        if (frames > 0) {
            sink.accept(samples, frames);
            count -= frames;
            passed += frames;
            System.arraycopy(samples, frames * channels, samples, 0, count * channels);
        }
    }
}
