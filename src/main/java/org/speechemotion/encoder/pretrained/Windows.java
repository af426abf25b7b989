package org.speechemotion.encoder.pretrained;

import java.util.ArrayList;
import java.util.List;
import org.speechemotion.encoder.transformer.TransformerConfig;

/**
 * Cuts a long waveform into overlapping windows, so that memory stays bounded. Each window's frames lie exactly where
 * the whole clip's would; of what two windows share, each gives the half that is farther from its edge.
 */
final class Windows {

    /**
     * A window.
     *
     * @param start its first sample
     * @param samples its length
     * @param skip frames at its beginning that the window before gives
     * @param frames that it gives itself
     */
    record Window(int start, int samples, int skip, int frames) {}

    private Windows() {}

    /**
     * Covers a clip.
     *
     * @param samples of the clip, at least the receptive field
     * @param length frames of a window
     * @param overlap frames that neighbours share, at most half the length
     * @return windows whose {@code frames} add up to those of the clip; one of the whole clip where that is enough
     */
    static List<Window> over(int samples, TransformerConfig config, int length, int overlap) {
        int total = config.frames(samples);
        if (total <= length) {
            return List.of(new Window(0, samples, 0, total));
        }
        int hop = config.hop();
        int field = config.receptiveField();
        List<Window> windows = new ArrayList<>();
        int given = 0;
        for (int first = 0; given < total; first += length - overlap) {
            int end = Math.min(first + length, total);
            boolean last = end == total;
            int upTo = last ? total : end - overlap / 2;
            int start = first * hop;
            int windowSamples = last ? samples - start : (length - 1) * hop + field;
            windows.add(new Window(start, windowSamples, given - first, upTo - given));
            given = upTo;
        }
        return windows;
    }
}
