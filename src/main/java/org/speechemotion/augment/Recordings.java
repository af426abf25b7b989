package org.speechemotion.augment;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.speechemotion.audio.Waveform;

/** Draws recordings, again where one is of no use: one broken file of a large collection must not stop a training. */
final class Recordings {
    /** −80 dBFS, 3 steps of 16 bits. Bringing less to the level of speech would bring up dither. */
    private static final double SILENCE = 1e-4;

    private static final int ATTEMPTS = 16;

    private Recordings() {}

    /**
     * A part of a recording.
     *
     * @param path as {@link Sounds} knows it
     * @param samples {@code [time]}, not silent
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Part(String path, float[] samples) {
        /** The last segment of its path. */
        String fileName() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /**
     * Opens what is drawn until a part of it can be used.
     *
     * @param augmentation its name
     * @param drawn paths, another one at every call
     * @param cut takes the part out of a recording; it may draw, and must not write to the recording
     * @param level of a part, full scale being 1: at least −80 dB makes it usable
     * @throws IllegalArgumentException if {@value #ATTEMPTS} in turn are silent or cannot be decoded
     */
    static Part usable(
            String augmentation,
            Sounds sounds,
            Supplier<String> drawn,
            UnaryOperator<float[]> cut,
            ToDoubleFunction<float[]> level) {
        String refusal = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String path = drawn.get();
            try {
                Waveform recording = sounds.open(path);
                if (recording.samples().length > 0) {
                    float[] part = cut.apply(recording.samples());
                    if (level.applyAsDouble(part) >= SILENCE) {
                        return new Part(path, part);
                    }
                }
                refusal = path + " is silent";
            } catch (IllegalArgumentException undecodable) {
                refusal = undecodable.getMessage();
            }
        }
        throw new IllegalArgumentException("augmentation." + augmentation + ": " + ATTEMPTS
                + " recordings in turn cannot be used, the last because " + refusal);
    }

    /** @throws IllegalArgumentException if no path is set */
    static void requirePath(String augmentation, String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException(
                    "augmentation." + augmentation + ".path is not set: set it to a folder of"
                            + " recordings or a .txt file that lists them, or take " + augmentation
                            + " out of augmentation.chain");
        }
    }
}
