package org.speechemotion.audio;

import java.util.Arrays;

/** Collects the samples of one channel in one array. */
final class SampleCollector implements SampleConsumer, SampleBlock {

    private static final int FIRST = 8192;

    private float[] samples = new float[0];
    private int collected;

    @Override
    public void begin(int channels, long certain) {
        if (certain > samples.length) {
            samples = new float[Math.toIntExact(certain)];
        }
    }

    @Override
    public void accept(int channel, float[] more, int count) {
        accept(more, count);
    }

    @Override
    public void accept(float[] more, int count) {
        if (samples.length - collected < count) {
            int longer = (int) Math.min(Resampler.MAX_OUTPUT, collected + collected / 2L);
            samples = Arrays.copyOf(samples, Math.max(FIRST, Math.max(longer, Math.addExact(collected, count))));
        }
        System.arraycopy(more, 0, samples, collected, count);
        collected += count;
    }

    float[] samples() {
        return collected == samples.length ? samples : Arrays.copyOf(samples, collected);
    }
}
