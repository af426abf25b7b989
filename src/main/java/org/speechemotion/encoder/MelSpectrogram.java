package org.speechemotion.encoder;

import java.util.Arrays;

/**
 * Computes the log energies of mel bands and the level of every frame of a waveform. Every frame lies inside the clip,
 * without centring or reflection. Only a clip that is shorter than one window is padded with zeros to one window.
 */
final class MelSpectrogram {

    private static final double ENERGY_FLOOR = 1e-10;

    private final int window;
    private final int hop;
    private final int bands;
    private final PowerSpectrum spectrum;
    private final MelFilterBank filters;
    private final int firstBin;
    private final double[] ones;

    /**
     * The spectrogram of one clip.
     *
     * @param logEnergies the natural logarithms of the energies, row-major {@code [time, bands]}
     * @param power the power of each frame between the lowest and the highest frequency of the bands, {@code [time]}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Result(float[] logEnergies, double[] power) {}

    /**
     * @param sampleRate the sample rate of the input in Hz
     * @throws IllegalArgumentException if the settings do not suit the sample rate
     */
    MelSpectrogram(LogMelSettings settings, int sampleRate) {
        window = samples("window-milliseconds", settings.windowMilliseconds(), sampleRate);
        hop = samples("hop-milliseconds", settings.hopMilliseconds(), sampleRate);
        bands = settings.bands();
        spectrum = new PowerSpectrum(window, window);
        filters = new MelFilterBank(settings, sampleRate, spectrum.bins());
        double binHertz = sampleRate / 2.0 / (spectrum.bins() - 1);
        firstBin = (int) Math.ceil(settings.lowestHertz() / binHertz);
        int endBin = Math.min(spectrum.bins(), (int) Math.floor(settings.highestHertz() / binHertz) + 1);
        ones = new double[Math.max(0, endBin - firstBin)];
        Arrays.fill(ones, 1);
    }

    /** Returns the length of a window in samples. */
    int window() {
        return window;
    }

    /** Returns the hop length in samples. */
    int hop() {
        return hop;
    }

    /**
     * Returns the number of frames of a waveform.
     *
     * @throws IllegalArgumentException if there are no samples
     */
    int frames(int samples) {
        if (samples < 1) {
            throw noSamples(samples);
        }
        return samples < window ? 1 : 1 + (samples - window) / hop;
    }

    /** Returns the number of samples of silence on either side that {@link #surrounded} adds, a multiple of the hop length. */
    private int silence() {
        return (window + hop - 1) / hop * hop;
    }

    /**
     * Returns a waveform with silence on either side, so that speech has the same frames whether the clip continues in silence or
     * not.
     */
    float[] surrounded(float[] waveform) {
        float[] longer = new float[Math.addExact(waveform.length, 2 * silence())];
        System.arraycopy(waveform, 0, longer, silence(), waveform.length);
        return longer;
    }

    private static IllegalArgumentException noSamples(int samples) {
        return new IllegalArgumentException("a clip has " + samples + " samples; allowed: at least 1");
    }

    /** Returns the number of frames of a waveform that is {@linkplain #surrounded surrounded} by silence. */
    int surroundedFrames(int samples) {
        if (samples < 1) {
            throw noSamples(samples);
        }
        return frames(Math.addExact(samples, 2 * silence()));
    }

    /** Returns scratch space for one thread. */
    PowerSpectrum.Buffers buffers() {
        return spectrum.new Buffers();
    }

    /** Computes the spectrogram of a waveform. */
    Result of(float[] waveform, PowerSpectrum.Buffers buffers) {
        int time = frames(waveform.length);
        float[] padded = waveform.length < window ? Arrays.copyOf(waveform, window) : waveform;
        float[] values = new float[Math.multiplyExact(time, bands)];
        double[] power = new double[time];
        for (int first = 0; first < time; first += PowerSpectrum.Buffers.CAPACITY) {
            int count = Math.min(PowerSpectrum.Buffers.CAPACITY, time - first);
            int[] starts = new int[count];
            for (int i = 0; i < count; i++) {
                starts[i] = (first + i) * hop;
            }
            buffers.transform(padded, starts, new float[count]);
            System.arraycopy(buffers.sums(firstBin, ones), 0, power, first, count);
            for (int band = 0; band < bands; band++) {
                double[] energies = filters.energies(band, buffers);
                for (int i = 0; i < count; i++) {
                    values[(first + i) * bands + band] = (float) Math.log(Math.max(ENERGY_FLOOR, energies[i]));
                }
            }
        }
        return new Result(values, power);
    }

    /** Raises values that are farther below the largest one than a distance in dB to that level. */
    static void raiseToFloor(float[] values, double decibels) {
        float loudest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            loudest = Math.max(loudest, value);
        }
        float floor = (float) (loudest - decibels * Math.log(10) / 10);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(values[i], floor);
        }
    }

    private static int samples(String key, double milliseconds, int sampleRate) {
        long samples = Math.round(milliseconds * sampleRate / 1000);
        if (samples < 1) {
            throw new IllegalArgumentException(
                    key + " is " + milliseconds + "; allowed: at least one sample at " + sampleRate + " Hz");
        }
        return Math.toIntExact(samples);
    }
}
