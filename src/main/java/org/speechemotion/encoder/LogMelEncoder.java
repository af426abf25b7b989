package org.speechemotion.encoder;

import com.google.auto.service.AutoService;
import org.speechemotion.common.Sha256;

/**
 * Computes a log-mel spectrogram: Hann-windowed power spectra pass through a mel filter bank and a natural logarithm, and
 * the result is normalised over the frames of speech, which are the only ones. The encoder has no weights and needs no download.
 */
public final class LogMelEncoder extends SpectralEncoder {

    /** The name that selects this encoder. */
    public static final String NAME = "log-mel";

    /** Limits the amplification of nearly constant bands; Wav2Vec2FeatureExtractor uses the same value. */
    private static final double VARIANCE_FLOOR = 1e-7;

    private final LogMelSettings settings;

    /** Opens the encoder from settings. */
    @AutoService(EncoderFactory.class)
    public static final class Factory implements EncoderFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean isWeightFree() {
            return true;
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
        super(NAME, sampleRate, settings.speechDecibels(), new MelSpectrogram(settings, sampleRate));
        this.settings = settings;
    }

    @Override
    public int width() {
        return settings.bands();
    }

    @Override
    public String fingerprint() {
        return Sha256.of(String.join(
                "\n",
                NAME,
                "sample-rate=" + sampleRate(),
                "bands=" + settings.bands(),
                "window-samples=" + spectrogram().window(),
                "hop-samples=" + spectrogram().hop(),
                "lowest-hertz=" + settings.lowestHertz(),
                "highest-hertz=" + settings.highestHertz(),
                "normalization=" + settings.normalization().name(),
                "floor-decibels=" + settings.floorDecibels(),
                "speech-decibels=" + settings.speechDecibels(),
                "speech-frames=" + SpeechFrames.VERSION));
    }

    @Override
    Frames encode(float[] waveform, MelSpectrogram.Result spectra, int[] speech) {
        int bands = settings.bands();
        float[] values = SpeechFrames.rows(spectra.logEnergies(), bands, speech);
        int time = values.length / bands;
        // Without a floor, room noise and the band limits of telephones would dominate the mean and deviation of a
        // clip.
        if (settings.floorDecibels() > 0) {
            MelSpectrogram.raiseToFloor(values, settings.floorDecibels());
        }
        switch (settings.normalization()) {
            case NONE -> {}
            case MEAN -> normalize(values, time, bands, false);
            case MEAN_VARIANCE -> normalize(values, time, bands, true);
            case CLIP -> normalize(values, values.length, 1, true);
        }
        return new Frames(values, time, bands);
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
}
