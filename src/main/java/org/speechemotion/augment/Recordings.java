package org.speechemotion.augment;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.speechemotion.audio.Waveform;

/** Draws recordings until one is usable, so that one broken file of a large collection does not stop training. */
final class Recordings {
    /** −80 dBFS, which is 3 steps of 16-bit audio: amplifying less than that would amplify dither. */
    private static final double SILENCE = 1e-4;

    private static final int ATTEMPTS = 16;

    private Recordings() {}

    /**
     * A part of a recording.
     *
     * @param path the path of the recording in {@link Sounds}
     * @param samples {@code [time]}, not silent
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Part(String path, float[] samples) {
        /** Returns the last segment of the path. */
        String fileName() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /**
     * Opens recordings until a part of one is usable.
     *
     * @param augmentation the name of the augmentation, for the error
     * @param drawn draws a path at each call
     * @param cut cuts the part out of a recording; it may draw, and must not modify the recording
     * @param level measures a part relative to a full scale of 1; a part is usable from −80 dB on
     * @throws IllegalArgumentException if {@value #ATTEMPTS} recordings in a row are silent or cannot be decoded
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
                + " recordings in a row cannot be used, the last because " + refusal);
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
