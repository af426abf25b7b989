package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.speechemotion.metrics.Probabilities;

/**
 * Formats a timeline in at most {@value #MAX_LINES} lines. Successive segments with the same answer share a line. If that is
 * too many lines, each line is a period of equal length, with the shares of the most frequent answers.
 */
final class TimelineText {
    static final int MAX_LINES = 40;

    /** The periods in s, of which the shortest that gives few enough lines is used. */
    private static final int[] PERIODS = {30, 60, 120, 300, 600, 900, 1800, 3600};

    /** The share of a period below which an answer is not mentioned. */
    private static final double MIN_SHARE = 0.1;

    private final Function<Optional<Probabilities>, String> answer;
    private final int width;

    /**
     * Creates a formatter that names the answer of a segment by a function of its probabilities.
     *
     * @param width the width of the column of answers
     */
    TimelineText(Function<Optional<Probabilities>, String> answer, int width) {
        this.width = width;
        this.answer = answer;
    }

    /** Formats segments, of which there is at least one. */
    List<String> lines(List<Segment> segments) {
        List<String> joined = joined(segments);
        return joined.size() <= MAX_LINES ? joined : periods(segments);
    }

    private List<String> joined(List<Segment> segments) {
        List<String> lines = new ArrayList<>();
        double confidence = 0;
        int first = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            confidence += segment.seconds()
                    * segment.probabilities().map(Probabilities::confidence).orElse(0f);
            if (i + 1 == segments.size() || !answer(segment).equals(answer(segments.get(i + 1)))) {
                double start = segments.get(first).startSeconds();
                double end = segment.endSeconds();
                lines.add(span(start, end)
                        + (segment.speech()
                                ? RecordingText.row(answer(segment), width, confidence / (end - start))
                                : "  " + answer(segment)));
                confidence = 0;
                first = i + 1;
            }
        }
        return lines;
    }

    private List<String> periods(List<Segment> segments) {
        double end = segments.get(segments.size() - 1).endSeconds();
        int period = PERIODS[PERIODS.length - 1];
        for (int i = PERIODS.length - 1; i >= 0 && end <= (double) MAX_LINES * PERIODS[i]; i--) {
            period = PERIODS[i];
        }
        List<String> lines = new ArrayList<>();
        for (double start = 0; start < end; start += period) {
            double stop = Math.min(end, start + period);
            lines.add(span(start, stop) + "  " + RecordingText.shares(shares(segments, start, stop)));
        }
        return lines;
    }

    /** Returns the shares of the answers in the time between two points, without those that are rare. */
    private Map<String, Double> shares(List<Segment> segments, double start, double stop) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Segment segment : segments) {
            double common = Math.min(stop, segment.endSeconds()) - Math.max(start, segment.startSeconds());
            if (common > 0) {
                shares.merge(answer(segment), common / (stop - start), Double::sum);
            }
        }
        shares.values().removeIf(share -> share < MIN_SHARE);
        return shares;
    }

    private String answer(Segment segment) {
        return answer.apply(segment.probabilities());
    }

    private static String span(double start, double end) {
        return "  " + RecordingText.clock(start) + " – " + RecordingText.clock(end);
    }
}
