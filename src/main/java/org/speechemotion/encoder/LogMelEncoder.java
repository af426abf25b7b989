package org.speechemotion.encoder;

import com.google.auto.service.AutoService;
import java.util.List;
import org.speechemotion.common.Sha256;

/**
 * A log-mel spectrogram: Hann-windowed power spectra through a mel filter bank, natural logarithm, normalised
 * over the clip. It has no weights, so it needs no download.
 *
 * <p>Frames lie wholly inside the clip (no centring, no reflection); only a clip shorter than one window is extended,
 * with zeros, to one window.
 */
public final class LogMelEncoder implements Encoder {

    /** The name it is opened by. */
    public static final String NAME = "log-mel";

    private static final double ENERGY_FLOOR = 1e-10;

    /** Keeps a band that hardly changes from being blown up; the value Wav2Vec2's feature extractor uses. */
    private static final double VARIANCE_FLOOR = 1e-7;

    private final LogMelSettings settings;
    private final int sampleRate;
    private final int window;
    private final int hop;
    private final PowerSpectrum spectrum;
    private final MelFilterBank filters;

    /** Opens it from settings. */
    @AutoService(EncoderFactory.class)
    public static final class Factory implements EncoderFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Encoder open(EncoderSettings settings) {
            return new LogMelEncoder(settings.logMel(), settings.sampleRate());
        }
    }

    /**
     * @param sampleRate of the waveforms, in Hz
     * @throws IllegalArgumentException if the settings do not fit the sample rate
     */
    public LogMelEncoder(LogMelSettings settings, int sampleRate) {
        this.settings = settings;
        this.sampleRate = sampleRate;
        window = samples("window-milliseconds", settings.windowMilliseconds(), sampleRate);
        hop = samples("hop-milliseconds", settings.hopMilliseconds(), sampleRate);
        spectrum = new PowerSpectrum(window);
        filters = new MelFilterBank(settings, sampleRate, spectrum.bins());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int width() {
        return settings.bands();
    }

    @Override
    public double framesPerSecond() {
        return (double) sampleRate / hop;
    }

    @Override
    public int frames(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("a clip must have at least 1 sample, not " + samples);
        }
        return samples < window ? 1 : 1 + (samples - window) / hop;
    }

    @Override
    public List<Frames> encode(List<float[]> waveforms) {
        PowerSpectrum.Buffers buffers = spectrum.new Buffers();
        return waveforms.stream().map(waveform -> encode(waveform, buffers)).toList();
    }

    @Override
    public boolean takesClipsOneByOne() {
        return true;
    }

    @Override
    public String fingerprint() {
        return Sha256.of(String.join(
                "\n",
                NAME,
                "sample-rate=" + sampleRate,
                "bands=" + settings.bands(),
                "window-samples=" + window,
                "hop-samples=" + hop,
                "lowest-hertz=" + settings.lowestHertz(),
                "highest-hertz=" + settings.highestHertz(),
                "normalization=" + settings.normalization().name(),
                "floor-decibels=" + settings.floorDecibels()));
    }

    /** Holds nothing to release. */
    @Override
    public void close() {}

    private Frames encode(float[] waveform, PowerSpectrum.Buffers buffers) {
        int time = frames(waveform.length);
        int bands = settings.bands();
        float[] values = new float[Math.multiplyExact(time, bands)];
        for (int frame = 0; frame < time; frame++) {
            buffers.transform(waveform, frame * hop);
            for (int band = 0; band < bands; band++) {
                values[frame * bands + band] =
                        (float) Math.log(Math.max(ENERGY_FLOOR, filters.energy(band, buffers.power)));
            }
        }
        if (settings.floorDecibels() > 0) {
            raiseToFloor(values, settings.floorDecibels());
        }
        switch (settings.normalization()) {
            case NONE -> {}
            case MEAN -> normalize(values, time, bands, false);
            case MEAN_VARIANCE -> normalize(values, time, bands, true);
            case CLIP -> normalize(values, values.length, 1, true);
        }
        return new Frames(values, time, bands);
    }

    /**
     * Without it, what a room's noise or a telephone's band leaves where a studio has next to nothing decides the clip's
     * mean and deviation.
     */
    private static void raiseToFloor(float[] values, double decibels) {
        float loudest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            loudest = Math.max(loudest, value);
        }
        float floor = (float) (loudest - decibels * Math.log(10) / 10);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(values[i], floor);
        }
    }

    private static void normalize(float[] values, int time, int bands, boolean variance) {
        for (int band = 0; band < bands; band++) {
            double sum = 0;
            for (int i = band; i < values.length; i += bands) {
                sum += values[i];
            }
            double mean = sum / time;
            double squares = 0;
            for (int i = band; i < values.length; i += bands) {
                squares += (values[i] - mean) * (values[i] - mean);
            }
            double scale = variance ? 1 / Math.sqrt(squares / time + VARIANCE_FLOOR) : 1;
            for (int i = band; i < values.length; i += bands) {
                values[i] = (float) ((values[i] - mean) * scale);
            }
        }
    }

    private static int samples(String key, double milliseconds, int sampleRate) {
        long samples = Math.round(milliseconds * sampleRate / 1000);
        if (samples < 1) {
            throw new IllegalArgumentException(
                    key + " must be at least one sample at " + sampleRate + " Hz, not " + milliseconds);
        }
        return Math.toIntExact(samples);
    }
}
