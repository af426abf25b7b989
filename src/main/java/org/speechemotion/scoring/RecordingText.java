package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;

/**
 * Formats a scored recording for people: for each channel a line with the answer, the emotions in descending order with a bar
 * each, a timeline if there are several segments, and the text, if the recording was transcribed.
 *
 * <p>The answer is "not sure" if the probability of the most likely emotion is below a threshold. That is
 * {@code score.abstain-below}, or {@value #EVEN} if no such threshold is set: below it, the answer is more likely wrong than
 * right, provided that the probabilities are calibrated.
 */
public final class RecordingText {
    /** The threshold if no other is set. */
    static final double EVEN = 0.5;

    /** The answer below the threshold. */
    static final String NOT_SURE = "not sure";

    private static final int BAR = 20;
    private final double threshold;
    private final UnaryOperator<String> emphasis;

    /**
     * Creates a formatter.
     *
     * @param abstainBelow the threshold; 0 selects {@value #EVEN}
     * @param emphasis marks the answer, for instance with the colours of a terminal
     */
    public RecordingText(double abstainBelow, UnaryOperator<String> emphasis) {
        threshold = abstainBelow > 0 ? abstainBelow : EVEN;
        this.emphasis = emphasis;
    }

    /**
     * Formats a recording.
     *
     * @param name the name of the recording
     */
    public List<String> lines(String name, ScoredRecording recording) {
        List<String> lines = new ArrayList<>();
        List<Timeline> channels = recording.channels();
        for (int i = 0; i < channels.size(); i++) {
            Timeline channel = channels.get(i);
            boolean whole = channel.segments().size() == 1;
            lines.add(name + (channels.size() > 1 ? ", channel " + (i + 1) : "") + ": "
                    + emphasis.apply(answer(channel.summary().probabilities(), true)) + "  ("
                    + length(recording.durationSeconds())
                    + (whole ? "" : ", " + length(channel.summary().speechSeconds()) + " of speech") + ")");
            Optional<Probabilities> mean = channel.summary().probabilities();
            mean.ifPresent(likely -> lines.addAll(bars(likely)));
            if (!whole && mean.isPresent()) {
                lines.addAll(new TimelineText(this::answer, width(mean.get().emotions())).lines(channel.segments()));
            }
            if (!recording.transcripts().isEmpty()) {
                lines.add("  text: " + recording.transcripts().get(i).text());
            }
        }
        if (!recording.source().note().isEmpty()) {
            lines.add("  note: " + recording.source().note());
        }
        return lines;
    }

    private static List<String> bars(Probabilities mean) {
        int width = width(mean.emotions());
        return mean.emotions().stream()
                .sorted(Comparator.comparingDouble(emotion -> -mean.of(emotion.label())))
                .map(emotion -> row(emotion.id(), width, mean.of(emotion.label())))
                .toList();
    }

    private static int width(EmotionSet emotions) {
        return emotions.ids().stream().mapToInt(String::length).max().orElseThrow();
    }

    /** Returns an indented row with a name in a column of a width, a value from 0 to 1 and its bar. */
    static String row(String name, int width, double value) {
        return String.format(Locale.ROOT, "  %-" + width + "s  %.2f  %s", name, value, "█".repeat((int)
                                Math.round(BAR * value)))
                .stripTrailing();
    }

    private String answer(Optional<Probabilities> probabilities) {
        return answer(probabilities, false);
    }

    private String answer(Optional<Probabilities> probabilities, boolean full) {
        if (probabilities.isEmpty()) {
            return ScoredRecording.SILENCE;
        }
        String emotion = probabilities.get().emotion().id();
        if (probabilities.get().confidence() >= threshold) {
            return emotion;
        }
        return full ? NOT_SURE + ", perhaps " + emotion : NOT_SURE;
    }

    /** Formats a length: {@code 2.5 s} below a minute, otherwise {@code mm:ss} or {@code h:mm:ss}. */
    static String length(double seconds) {
        return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", seconds) : clock(seconds);
    }

    /** Formats a time as {@code mm:ss}, or {@code h:mm:ss} from an hour on. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        String rest = String.format(Locale.ROOT, "%02d:%02d", whole / 60 % 60, whole % 60);
        return whole < 3600 ? rest : whole / 3600 + ":" + rest;
    }

    /** Formats shares as percentages in descending order: {@code neutral 72 %, angry 20 %}. */
    static String shares(Map<String, Double> shares) {
        return shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(share -> String.format(Locale.ROOT, "%s %.0f %%", share.getKey(), 100 * share.getValue()))
                .collect(Collectors.joining(", "));
    }
}
