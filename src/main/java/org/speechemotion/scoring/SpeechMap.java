package org.speechemotion.scoring;

import java.util.List;
import java.util.stream.IntStream;
import org.speechemotion.acoustics.FrameLevels;

/**
 * The segments of a signal, each a hop long, and whether they are speech. The rest at the end is a separate segment if it is at
 * least half a hop long; otherwise it belongs to the last segment.
 */
final class SpeechMap {
    /** The minimum share of frames above the noise in a segment of speech: a quarter of a second of 2.5 s. */
    private static final double MIN_SHARE = 0.1;

    private final long length;
    private final int hop;
    private final boolean[] speech;

    private SpeechMap(long length, int hop, boolean[] speech) {
        this.length = length;
        this.hop = hop;
        this.speech = speech;
    }

    /** Returns the map of a signal that is scored as one window: it is speech unless it is digitally silent throughout. */
    static SpeechMap ofOne(FrameLevels levels, int length) {
        boolean speech = levels.shareAbove(FrameLevels.DIGITAL_SILENCE, 0, length) > 0;
        return new SpeechMap(length, length, new boolean[] {speech});
    }

    /** Returns the map of a longer signal. The margin above the noise floor is in dB; lengths are in samples. */
    static SpeechMap of(FrameLevels levels, long length, int hop, double margin) {
        double threshold = Math.max(FrameLevels.DIGITAL_SILENCE, levels.floor() + margin);
        boolean[] speech = new boolean[(int) Math.max(1, (length + hop / 2) / hop)];
        for (int i = 0; i < speech.length; i++) {
            long start = (long) i * hop;
            long end = i == speech.length - 1 ? length : start + hop;
            speech[i] = isSpeech(levels, threshold, start, end);
        }
        return new SpeechMap(length, hop, speech);
    }

    /** Returns whether enough of the frames between two samples are above a level. */
    static boolean isSpeech(FrameLevels levels, double threshold, long start, long end) {
        return levels.shareAbove(threshold, start, end) >= MIN_SHARE;
    }

    boolean speech(int segment) {
        return speech[segment];
    }

    /** Returns the samples of all segments. */
    List<SampleRange> ranges() {
        return IntStream.range(0, speech.length)
                .mapToObj(i -> new SampleRange((long) i * hop, i == speech.length - 1 ? length : (i + 1L) * hop))
                .toList();
    }
}
