package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * A room, a car or a loudspeaker of which there is a recorded impulse response. Its peak is taken for the direct sound,
 * which comes when the clip's own does; of what follows it, up to 8 s are used. As long as the clip, and as loud.
 *
 * @param path a folder of impulse responses, or a {@code .txt} file that lists them
 */
public record ImpulseResponse(String path) implements Augmentation {
    private static final String NAME = "impulse-response";
    private static final int LONGEST_SECONDS = 8;

    public ImpulseResponse {
        Recordings.requirePath(NAME, path);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        List<String> paths = sounds.below(path);
        int longest = LONGEST_SECONDS * waveform.sampleRate();
        Recordings.Part response = Recordings.usable(
                NAME,
                sounds,
                () -> paths.get(random.nextInt(paths.size())),
                recording -> around(recording, longest),
                Levels::peak);
        float[] samples = Convolution.convolve(waveform.samples(), response.samples(), peak(response.samples()));
        Levels.scaleToPower(samples, Levels.power(waveform.samples()));
        return new Augmented(new Waveform(samples, waveform.sampleRate()), "impulse response " + response.fileName());
    }

    @Override
    public List<String> folders() {
        return List.of(path);
    }

    /** At most so many samples from the peak on, and a tenth of it before: a response is no hour of music. */
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

    /** Found by its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, ImpulseResponse.class);
        }
    }
}
