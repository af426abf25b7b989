package org.speechemotion.encoder.pretrained;

import java.util.ArrayList;
import java.util.List;
import org.speechemotion.encoder.transformer.TransformerConfig;

/**
 * Divides a long waveform into overlapping windows to bound memory. The frames of a window are aligned with those of the
 * whole clip. Of the overlap, each window contributes the half that is farther from its edge.
 */
final class OverlappingWindows {

    /**
     * A window.
     *
     * @param start the index of its first sample
     * @param samples its length in samples
     * @param skip the number of leading frames that the previous window contributes
     * @param frames the number of frames that it contributes itself
     */
    record Window(int start, int samples, int skip, int frames) {}

    private OverlappingWindows() {}

    /**
     * Covers a clip with windows.
     *
     * @param samples the length of the clip, at least the receptive field
     * @param length the length of a window in frames
     * @param overlap the overlap of neighbouring windows in frames, at most half the length
     * @return windows whose {@code frames} add up to those of the clip; a single one if the clip is short enough
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
