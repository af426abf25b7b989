package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.List;

/**
 * The times of speech in a channel, in frames of 10 ms.
 *
 * @param intervals the intervals in order, with pauses between them
 * @param frames the number of frames of the channel
 * @param loudness the mean power of the frames of speech in dB of full scale; -infinity without speech
 */
record SpeechActivity(List<Interval> intervals, int frames, double loudness) {

    static final double FRAMES_PER_SECOND = 100;

    /** Shorter pauses are those within words and between them. */
    private static final int MIN_PAUSE_FRAMES = 30;

    /** Shorter sounds are clicks. */
    private static final int MIN_SPEECH_FRAMES = 10;

    /** Frames from {@code start} to {@code end}, exclusive. */
    record Interval(int start, int end) {
        int frames() {
            return end - start;
        }

        boolean contains(Interval other) {
            return start <= other.start && other.end <= end;
        }
    }

    /**
     * Finds speech by the levels of a channel.
     *
     * @param levels the levels of its frames in dB of full scale
     * @param threshold the level that frames of speech exceed, in dB of full scale
     */
    static SpeechActivity of(float[] levels, double threshold) {
        List<Interval> found = new ArrayList<>();
        double power = 0;
        int sounding = 0;
        for (int i = 0; i < levels.length; i++) {
            if (!(levels[i] > threshold)) {
                continue;
            }
            power += Math.pow(10, levels[i] / 10);
            sounding++;
            int last = found.size() - 1;
            if (last >= 0 && i - found.get(last).end < MIN_PAUSE_FRAMES) {
                found.set(last, new Interval(found.get(last).start, i + 1));
            } else {
                dropClick(found);
                found.add(new Interval(i, i + 1));
            }
        }
        dropClick(found);
        return new SpeechActivity(
                List.copyOf(found),
                levels.length,
                sounding == 0 ? Double.NEGATIVE_INFINITY : 10 * Math.log10(power / sounding));
    }

    /**
     * Takes the known speech of a speaker.
     *
     * @param levels the levels of the channel's frames in dB of full scale
     * @param intervals the intervals in order, without overlaps
     */
    static SpeechActivity of(float[] levels, List<Interval> intervals) {
        double power = 0;
        int frames = 0;
        for (Interval interval : intervals) {
            for (int i = interval.start; i < Math.min(interval.end, levels.length); i++) {
                power += Math.pow(10, levels[i] / 10);
                frames++;
            }
        }
        return new SpeechActivity(
                intervals,
                Math.max(levels.length, intervals.isEmpty() ? 0 : intervals.get(intervals.size() - 1).end),
                frames == 0 ? Double.NEGATIVE_INFINITY : 10 * Math.log10(power / frames));
    }

    private static void dropClick(List<Interval> found) {
        int last = found.size() - 1;
        if (last >= 0 && found.get(last).frames() < MIN_SPEECH_FRAMES) {
            found.remove(last);
        }
    }

    /** Returns the number of frames of speech. */
    int speech() {
        return intervals.stream().mapToInt(Interval::frames).sum();
    }
}
