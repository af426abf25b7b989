package org.speechemotion.acoustics;

import be.tarsos.dsp.pitch.FastYin;
import be.tarsos.dsp.util.fft.FloatFFT;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Measures a recording while it is read. Speech are the frames of 10 ms that are at least {@value #SPEECH_DECIBELS} dB above
 * the noise floor ({@link FrameLevels#floor}). It uses about 600 bytes for each second. It is not thread-safe.
 */
public final class AcousticMeasurer {
    /** The margin of speech above the noise floor, in dB; the default of {@code score.silence-decibels}. */
    static final double SPEECH_DECIBELS = 9;

    /** 64 ms at 16 kHz, which holds two periods of the lowest pitch. */
    private static final int BLOCK = 1_024;

    private static final double LOWEST_PITCH = 60;
    private static final double HIGHEST_PITCH = 500;
    /** The ratio of the peak of the spectrum to its edge, 60 dB. */
    private static final double EDGE_RATIO = 1e-6;
    /** The spectrum is averaged over this number of bins on each side, 31 Hz. */
    private static final int SMOOTHING = 2;
    /** The length of a decay, in frames of 10 ms. */
    private static final int DECAY_FRAMES = 5;
    /** The smallest fall over a decay, in dB. */
    private static final double MIN_DECAY = 5;

    private static final double DECAY_QUANTILE = 0.9;
    private static final int MIN_DECAYS = 3;

    private final int sampleRate;
    private final FrameLevels levels;
    private final FastYin pitch;
    private final FloatFFT transform = new FloatFFT(BLOCK);
    private final float[] window = hann();
    private final float[] block = new float[BLOCK];
    private final float[] spectrum = new float[BLOCK];
    private final double[] power = new double[BLOCK / 2];
    private float[] pitches = new float[256];
    private float[] blockLevels = new float[256];
    private int blocks;
    private int filled;
    private long samples;

    /** Begins at the first sample of a recording; the sample rate is in Hz. */
    public AcousticMeasurer(int sampleRate) {
        this.sampleRate = sampleRate;
        levels = new FrameLevels(sampleRate);
        pitch = new FastYin(sampleRate, BLOCK);
    }

    /** Measures a whole signal {@code [time]}. */
    public static AcousticProfile measure(float[] samples, int sampleRate) {
        AcousticMeasurer measurer = new AcousticMeasurer(sampleRate);
        measurer.accept(samples, samples.length);
        return measurer.finish();
    }

    /** Accepts the next {@code count} samples. */
    public void accept(float[] next, int count) {
        levels.accept(next, count);
        samples += count;
        int from = 0;
        while (from < count) {
            int copied = Math.min(count - from, BLOCK - filled);
            System.arraycopy(next, from, block, filled, copied);
            filled += copied;
            from += copied;
            if (filled == BLOCK) {
                endBlock();
            }
        }
    }

    private void endBlock() {
        double sum = 0;
        double squares = 0;
        for (float sample : block) {
            sum += sample;
            squares += (double) sample * sample;
        }
        double variance = squares / BLOCK - (sum / BLOCK) * (sum / BLOCK);
        if (blocks == pitches.length) {
            pitches = Arrays.copyOf(pitches, 2 * blocks);
            blockLevels = Arrays.copyOf(blockLevels, 2 * blocks);
        }
        blockLevels[blocks] = (float) (10 * Math.log10(Math.max(1e-12, variance)));
        // Silence is no speech. The search for a pitch takes most of the time of a block.
        pitches[blocks] = blockLevels[blocks] > FrameLevels.DIGITAL_SILENCE
                ? pitch.getPitch(block).getPitch()
                : Float.NaN;
        blocks++;
        for (int i = 0; i < BLOCK; i++) {
            spectrum[i] = (block[i] - (float) (sum / BLOCK)) * window[i];
        }
        transform.realForward(spectrum);
        for (int bin = 1; bin < power.length; bin++) {
            power[bin] += (double) spectrum[2 * bin] * spectrum[2 * bin]
                    + (double) spectrum[2 * bin + 1] * spectrum[2 * bin + 1];
        }
        filled = 0;
    }

    /** Ends the recording and returns its properties. */
    public AcousticProfile finish() {
        levels.finish();
        double floor = levels.floor();
        double threshold = Math.max(FrameLevels.DIGITAL_SILENCE, floor + SPEECH_DECIBELS);
        double level = meanLevelAbove(threshold);
        Map<AcousticProperty, Double> values = new EnumMap<>(AcousticProperty.class);
        values.put(AcousticProperty.DURATION, (double) samples / sampleRate);
        values.put(AcousticProperty.LEVEL, level);
        values.put(AcousticProperty.SIGNAL_TO_NOISE, level - floor);
        values.put(AcousticProperty.SPEECH_SHARE, levels.shareAbove(threshold, 0, samples));
        values.put(AcousticProperty.BANDWIDTH, bandwidth());
        values.put(AcousticProperty.REVERBERATION, reverberation(threshold));
        values.put(AcousticProperty.PITCH, medianPitch(threshold));
        return new AcousticProfile(values);
    }

    private double meanLevelAbove(double threshold) {
        double sum = 0;
        int found = 0;
        for (int i = 0; i < levels.count(); i++) {
            if (levels.level(i) > threshold) {
                sum += Math.pow(10, levels.level(i) / 10);
                found++;
            }
        }
        return found == 0 ? Double.NaN : 10 * Math.log10(sum / found);
    }

    /** Returns the highest frequency less than 60 dB below the peak of the smoothed spectrum, in Hz; NaN without sound. */
    private double bandwidth() {
        double[] smooth = new double[power.length];
        for (int bin = 1; bin < power.length; bin++) {
            int low = Math.max(1, bin - SMOOTHING);
            int high = Math.min(power.length - 1, bin + SMOOTHING);
            smooth[bin] = Arrays.stream(power, low, high + 1).sum() / (high - low + 1);
        }
        double edge = EDGE_RATIO * Arrays.stream(smooth).max().orElse(0);
        int bin = power.length - 1;
        while (bin > 0 && smooth[bin] <= edge) {
            bin--;
        }
        return bin == 0 ? Double.NaN : (double) bin * sampleRate / BLOCK;
    }

    /**
     * Estimates the reverberation time, in s: after a sound has ended, a room lets it decay no faster than by 60 dB in this
     * time, so the fastest decays of speech show an upper bound of it. Speech itself decays by 300 to 1000 dB/s, so 0.1 s
     * means that there is little reverberation. NaN if there are too few decays.
     */
    private double reverberation(double threshold) {
        float[] rates = new float[levels.count()];
        int found = 0;
        for (int i = 0; i + DECAY_FRAMES < levels.count(); i++) {
            double fall = levels.level(i) - levels.level(i + DECAY_FRAMES);
            if (fall >= MIN_DECAY && levels.level(i + DECAY_FRAMES) > threshold - SPEECH_DECIBELS / 2 && falls(i)) {
                rates[found++] = (float) (fall * 100 / DECAY_FRAMES);
            }
        }
        return found < MIN_DECAYS ? Double.NaN : 60 / quantile(Arrays.copyOf(rates, found), DECAY_QUANTILE);
    }

    private boolean falls(int first) {
        for (int i = first; i < first + DECAY_FRAMES; i++) {
            if (levels.level(i + 1) > levels.level(i) + 1) {
                return false;
            }
        }
        return true;
    }

    /** Returns the median of the pitches of voiced blocks of speech, in Hz; NaN if there are none. */
    private double medianPitch(double threshold) {
        float[] voiced = new float[blocks];
        int found = 0;
        for (int i = 0; i < blocks; i++) {
            if (blockLevels[i] > threshold && pitches[i] >= LOWEST_PITCH && pitches[i] <= HIGHEST_PITCH) {
                voiced[found++] = pitches[i];
            }
        }
        return found == 0 ? Double.NaN : quantile(Arrays.copyOf(voiced, found), 0.5);
    }

    private static double quantile(float[] values, double share) {
        Arrays.sort(values);
        return values[(int) Math.round(share * (values.length - 1))];
    }

    private static float[] hann() {
        float[] window = new float[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / BLOCK));
        }
        return window;
    }
}
