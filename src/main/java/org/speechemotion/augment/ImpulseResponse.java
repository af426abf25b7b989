package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Convolves the clip with a recorded impulse response of a room, a car or a loudspeaker. The peak of the response is
 * taken as the direct sound and stays aligned with the clip; up to 8 s after it are used. Length and power are preserved.
 *
 * @param path a folder of impulse responses, or a {@code .txt} file that lists them
 */
public record ImpulseResponse(String path) implements Augmentation {
    private static final String NAME = "impulse-response";
    private static final int MAX_SECONDS = 8;

    public ImpulseResponse {
        Recordings.requirePath(NAME, path);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        List<String> paths = sounds.folder(path).paths();
        int longest = MAX_SECONDS * waveform.sampleRate();
        Recordings.Part response = Recordings.usable(
                NAME,
                sounds,
                () -> paths.get(random.nextInt(paths.size())),
                recording -> around(recording, longest),
                Levels::peak);
        float[] samples = FftConvolution.convolve(waveform.samples(), response.samples(), peak(response.samples()));
        Levels.scaleToPower(samples, Levels.power(waveform.samples()));
        return new Augmented(new Waveform(samples, waveform.sampleRate()), "impulse response " + response.fileName());
    }

    @Override
    public List<String> folders() {
        return List.of(path);
    }

    /** Limits a response to {@code longest} samples from its peak on and a tenth of that before it. */
    private static float[] around(float[] recording, int longest) {
        int peak = peak(recording);
        return Arrays.copyOfRange(
                recording, Math.max(0, peak - longest / 10), (int) Math.min(recording.length, (long) peak + longest));
    }

    private static int peak(float[] response) {
        int peak = 0;
        for (int i = 1; i < response.length; i++) {
            if (Math.abs(response[i]) > Math.abs(response[peak])) {
                peak = i;
            }
        }
        return peak;
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, ImpulseResponse.class);
        }
    }
}
