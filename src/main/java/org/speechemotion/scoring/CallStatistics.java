package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.speechemotion.scoring.SpeechActivity.Interval;

/**
 * The speaking times of a call whose sides are channels, or speakers whose turns are known. Times are in s and multiples of 10 ms.
 *
 * @param silenceSeconds the time in which no side speaks
 * @param overlapSeconds the time in which two sides or more speak
 * @param sides the channels in the order of the file, or the speakers
 */
public record CallStatistics(double silenceSeconds, double overlapSeconds, List<Side> sides) {

    /**
     * One side.
     *
     * @param talkSeconds the time in which it speaks; pauses of less than 0.3 s belong to speech
     * @param talkShare its part of the talk time of all sides, 0 to 1; 0 without speech
     * @param turns the number of times that it takes the floor: runs of its speech between speech of the others. Speech while
     *     another side speaks on, such as "yes", is not a turn and ends none
     * @param interruptions the number of times that it begins to speak while another side speaks, and that side stops first
     * @param loudness the mean power of its speech in dB of full scale; -infinity without speech
     */
    public record Side(double talkSeconds, double talkShare, int turns, int interruptions, double loudness) {}

    private record Utterance(int side, Interval interval) {}

    /** Computes the statistics of the sides of a call. */
    static CallStatistics of(List<SpeechActivity> channels) {
        int frames = channels.stream().mapToInt(SpeechActivity::frames).max().orElse(0);
        int[] speaking = new int[frames];
        List<Utterance> utterances = new ArrayList<>();
        for (int side = 0; side < channels.size(); side++) {
            for (Interval interval : channels.get(side).intervals()) {
                utterances.add(new Utterance(side, interval));
                for (int i = interval.start(); i < interval.end(); i++) {
                    speaking[i]++;
                }
            }
        }
        utterances.sort(Comparator.comparingInt((Utterance utterance) -> utterance.interval.start())
                .thenComparing(utterance -> -utterance.interval.end()));
        int silent = 0;
        int overlapping = 0;
        for (int count : speaking) {
            silent += count == 0 ? 1 : 0;
            overlapping += count > 1 ? 1 : 0;
        }
        int[] turns = turns(utterances, channels.size());
        int[] interruptions = interruptions(utterances, channels.size());
        int talk = channels.stream().mapToInt(SpeechActivity::speech).sum();
        List<Side> sides = new ArrayList<>();
        for (int side = 0; side < channels.size(); side++) {
            int own = channels.get(side).speech();
            sides.add(new Side(
                    own / SpeechActivity.FRAMES_PER_SECOND,
                    talk == 0 ? 0 : (double) own / talk,
                    turns[side],
                    interruptions[side],
                    channels.get(side).loudness()));
        }
        return new CallStatistics(
                silent / SpeechActivity.FRAMES_PER_SECOND, overlapping / SpeechActivity.FRAMES_PER_SECOND, sides);
    }

    private static int[] turns(List<Utterance> utterances, int sides) {
        int[] turns = new int[sides];
        int floor = -1;
        Interval held = new Interval(0, 0);
        for (Utterance utterance : utterances) {
            boolean others = utterance.side != floor;
            if (others && held.contains(utterance.interval)) {
                continue;
            }
            turns[utterance.side] += others ? 1 : 0;
            floor = utterance.side;
            held = utterance.interval;
        }
        return turns;
    }

    /** Counts by the last utterance of each side; those of one side do not overlap. */
    private static int[] interruptions(List<Utterance> utterances, int sides) {
        int[] interruptions = new int[sides];
        Interval[] last = new Interval[sides];
        Arrays.fill(last, new Interval(0, 0));
        for (Utterance utterance : utterances) {
            Interval now = utterance.interval;
            // The last utterance of the same side has ended before.
            boolean interrupts = Arrays.stream(last)
                    .anyMatch(other ->
                            other.start() < now.start() && now.start() < other.end() && other.end() < now.end());
            interruptions[utterance.side] += interrupts ? 1 : 0;
            last[utterance.side] = now;
        }
        return interruptions;
    }
}
