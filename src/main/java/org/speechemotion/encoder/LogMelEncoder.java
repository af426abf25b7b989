package org.speechemotion.encoder;

import com.google.auto.service.AutoService;
import java.util.List;
import org.speechemotion.common.Sha256;

/**
 * Computes a log-mel spectrogram: Hann-windowed power spectra pass through a mel filter bank and a natural logarithm, and
 * the result is normalised over the clip. The encoder has no weights and needs no download.
 *
 * <p>Every frame lies inside the clip, without centring or reflection. Only a clip that is shorter than one window is padded
 * with zeros to one window.
 */
public final class LogMelEncoder implements Encoder {

    /** The name that selects this encoder. */
    public static final String NAME = "log-mel";

    private static final double ENERGY_FLOOR = 1e-10;

    /** Limits the amplification of nearly constant bands; Wav2Vec2FeatureExtractor uses the same value. */
    private static final double VARIANCE_FLOOR = 1e-7;

    private final LogMelSettings settings;
    private final int sampleRate;
    private final int window;
    private final int hop;
    private final PowerSpectrum spectrum;
    private final MelFilterBank filters;

    /** Opens the encoder from settings. */
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
     * @param sampleRate the sample rate of the input in Hz
     * @throws IllegalArgumentException if the settings do not suit the sample rate
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
            throw new IllegalArgumentException("a clip has " + samples + " samples; allowed: at least 1");
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

    /** Does nothing, because the encoder holds no resources. */
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

    /** Without a floor, room noise and the band limits of telephones would dominate the mean and deviation of a clip. */
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
                    key + " is " + milliseconds + "; allowed: at least one sample at " + sampleRate + " Hz");
        }
        return Math.toIntExact(samples);
    }
}
