package org.speechemotion.scoring;

/**
 * A signal cut into segments, a hop long each, and which of them are speech. What is left at the end is a segment where it
 * is half a hop or more, and otherwise belongs to the last one.
 */
final class SpeechMap {
    /** Of a segment's frames that must be above the noise for it to be speech: a quarter of a second of 2.5 s. */
    private static final double LEAST_SHARE = 0.1;

    private final long length;
    private final int hop;
    private final boolean[] speech;

    private SpeechMap(long length, int hop, boolean[] speech) {
        this.length = length;
        this.hop = hop;
        this.speech = speech;
    }

    /** Of a signal that is scored as one window: speech, unless all of it is digitally silent. */
    static SpeechMap ofOne(FrameLevels levels, int length) {
        boolean speech = levels.shareAbove(FrameLevels.DIGITAL_SILENCE, 0, length) > 0;
        return new SpeechMap(length, length, new boolean[] {speech});
    }

    /** Of a longer signal; the margin above the noise floor is in dB, lengths are in samples. */
    static SpeechMap of(FrameLevels levels, long length, int hop, double margin) {
        double threshold = Math.max(FrameLevels.DIGITAL_SILENCE, levels.floor() + margin);
        boolean[] speech = new boolean[(int) Math.max(1, (length + hop / 2) / hop)];
        for (int i = 0; i < speech.length; i++) {
            long start = (long) i * hop;
            long end = i == speech.length - 1 ? length : start + hop;
            speech[i] = levels.shareAbove(threshold, start, end) >= LEAST_SHARE;
        }
        return new SpeechMap(length, hop, speech);
    }

    int segments() {
        return speech.length;
    }

    boolean speech(int segment) {
        return speech[segment];
    }

    /** A segment's first sample. */
    long start(int segment) {
        return (long) segment * hop;
    }

    /** The sample behind a segment. */
    long end(int segment) {
        return segment == speech.length - 1 ? length : start(segment + 1);
    }

    /** The segment that a sample lies in; samples before the signal lie in the first. */
    int segmentAt(long sample) {
        return (int) Math.min(Math.max(0, sample) / hop, speech.length - 1);
    }

    /** How many samples the segments of speech have together. */
    long speech() {
        long samples = 0;
        for (int i = 0; i < speech.length; i++) {
            samples += speech[i] ? end(i) - start(i) : 0;
        }
        return samples;
    }
}
