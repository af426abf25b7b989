package org.speechemotion.encoder;

import com.google.auto.service.AutoService;
import java.util.Arrays;
import org.speechemotion.common.Sha256;

/**
 * Computes prosody and a coarse spectrum every 10 ms, for the frames of speech alone. The values of a frame are
 *
 * <ol>
 *   <li>the pitch in units of 4 semitones above the median of the clip; 0 if the frame is unvoiced,
 *   <li>the voicing, from −1 to 1: the strength of the periodicity,
 *   <li>the level in units of 10 dB relative to the loudest frame, at least −6, plus 1.5,
 *   <li>the change of the pitch since the frame before, in units of 4/3 semitones,
 *   <li>the log energies of coarse mel bands, each the mean of {@value #FINE_BANDS} fine ones, less their mean over time.
 * </ol>
 *
 * <p>The values do not depend on the gain, and, apart from the course of the bands, neither on the microphone. The encoder
 * has no weights and needs no download.
 */
public final class ProsodyEncoder extends SpectralEncoder {

    /** The name that selects this encoder. */
    public static final String NAME = "prosody";

    /** The number of values per frame before the bands. */
    private static final int PROSODY = 4;

    private static final int FINE_BANDS = 8;

    private static final float SEMITONES = 4;
    private static final float FARTHEST_SEMITONES = 18;
    private static final float DECIBELS = 10;
    private static final float LOWEST_LEVEL = -6;
    private static final float MIDDLE_LEVEL = -1.5f;
    private static final float CHANGE_SCALE = 3;

    private final ProsodySettings settings;
    private final PitchTracker pitch;

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
            return new ProsodyEncoder(settings.prosody(), settings.sampleRate());
        }
    }

    /**
     * @param sampleRate the sample rate of the input in Hz
     * @throws IllegalArgumentException if the settings do not suit the sample rate
     */
    public ProsodyEncoder(ProsodySettings settings, int sampleRate) {
        super(NAME, sampleRate, settings.speechDecibels(), spectrogram(settings, sampleRate));
        this.settings = settings;
        pitch = new PitchTracker(sampleRate, settings.lowestPitchHertz(), settings.highestPitchHertz());
    }

    private static MelSpectrogram spectrogram(ProsodySettings settings, int sampleRate) {
        LogMelSettings fine = LogMelSettings.defaults();
        return new MelSpectrogram(
                fine.withBands(FINE_BANDS * Math.max(1, settings.bands()))
                        .withRange(fine.lowestHertz(), Math.min(fine.highestHertz(), sampleRate / 2.0)),
                sampleRate);
    }

    @Override
    public int width() {
        return PROSODY + settings.bands();
    }

    @Override
    public int prosodyWidth() {
        return PROSODY;
    }

    @Override
    public String fingerprint() {
        return Sha256.of(String.join(
                "\n",
                NAME,
                "speech-frames=" + SpeechFrames.VERSION,
                "sample-rate=" + sampleRate(),
                "bands=" + settings.bands(),
                "floor-decibels=" + settings.floorDecibels(),
                "speech-decibels=" + settings.speechDecibels(),
                "lowest-pitch-hertz=" + settings.lowestPitchHertz(),
                "highest-pitch-hertz=" + settings.highestPitchHertz()));
    }

    @Override
    Frames encode(float[] waveform, MelSpectrogram.Result spectra, int[] speech) {
        float[] values = new float[speech.length * width()];
        writePitch(
                pitch.track(waveform, speech, spectrogram().hop(), spectrogram().window() / 2), speech, values);
        writeLevel(spectra.power(), speech, values);
        if (settings.bands() > 0) {
            writeBands(spectra.logEnergies(), speech, values);
        }
        return new Frames(values, speech.length, width());
    }

    private void writePitch(PitchTracker.Track track, int[] speech, float[] values) {
        float median = median(track.semitones());
        float before = Float.NaN;
        for (int i = 0; i < speech.length; i++) {
            float distance = track.semitones()[i] - median;
            float height = Math.max(-FARTHEST_SEMITONES, Math.min(FARTHEST_SEMITONES, distance)) / SEMITONES;
            boolean adjacent = i > 0 && speech[i] == speech[i - 1] + 1;
            float change = adjacent ? height - before : 0;
            int at = i * width();
            values[at] = Float.isNaN(height) ? 0 : height;
            values[at + 1] = 2 * track.strength()[i] - 1;
            values[at + 3] = Float.isNaN(change) ? 0 : CHANGE_SCALE * Math.max(-1, Math.min(1, change));
            before = height;
        }
    }

    private void writeLevel(double[] power, int[] speech, float[] values) {
        double loudest =
                Arrays.stream(speech).mapToDouble(frame -> power[frame]).max().orElseThrow();
        for (int i = 0; i < speech.length; i++) {
            double level = loudest > 0 ? 10 * Math.log10(power[speech[i]] / loudest) / DECIBELS : 0;
            values[i * width() + 2] = (float) Math.max(LOWEST_LEVEL, level) - MIDDLE_LEVEL;
        }
    }

    private void writeBands(float[] logEnergies, int[] speech, float[] values) {
        int fine = FINE_BANDS * settings.bands();
        float[] kept = SpeechFrames.rows(logEnergies, fine, speech);
        MelSpectrogram.raiseToFloor(kept, settings.floorDecibels());
        for (int band = 0; band < settings.bands(); band++) {
            double[] energy = new double[speech.length];
            double sum = 0;
            for (int i = 0; i < speech.length; i++) {
                for (int j = 0; j < FINE_BANDS; j++) {
                    energy[i] += kept[i * fine + band * FINE_BANDS + j] / FINE_BANDS;
                }
                sum += energy[i];
            }
            for (int i = 0; i < speech.length; i++) {
                values[i * width() + PROSODY + band] = (float) (energy[i] - sum / speech.length);
            }
        }
    }

    /** Returns the median of the numbers that are not NaN; 0 if there are none. */
    private static float median(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted); // NaN comes last
        int count = sorted.length;
        while (count > 0 && Float.isNaN(sorted[count - 1])) {
            count--;
        }
        return count == 0 ? 0 : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }
}
