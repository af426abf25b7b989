package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.Probabilities;

/**
 * Formats a scored recording as lines of text: the summary of each channel and, if it has several segments, its timeline, in
 * which adjacent segments with the same answer are one line.
 */
public final class RecordingText {
    private final double abstainBelow;

    /** Creates a formatter whose answers are {@value Probabilities#UNCERTAIN} below a confidence. */
    public RecordingText(double abstainBelow) {
        this.abstainBelow = abstainBelow;
    }

    /**
     * Formats a recording.
     *
     * @param name the name of the recording, with which lines begin
     */
    public List<String> lines(String name, ScoredRecording recording) {
        List<String> lines = new ArrayList<>();
        List<Timeline> channels = recording.channels();
        if (!recording.source().note().isEmpty()) {
            lines.add(name + ": note: " + recording.source().note());
        }
        for (int i = 0; i < channels.size(); i++) {
            Timeline channel = channels.get(i);
            boolean whole = channel.segments().size() == 1;
            String prefix = name + (channels.size() > 1 ? " channel " + (i + 1) : "");
            lines.add(prefix + "  " + summary(channel.summary(), recording.durationSeconds(), whole));
            if (!whole) {
                shares(channel).ifPresent(lines::add);
                lines.addAll(timeline(channel.segments()));
            }
        }
        return lines;
    }

    private String summary(Timeline.Summary summary, double seconds, boolean whole) {
        if (summary.probabilities().isEmpty()) {
            return format("%s  (%.2f s)", ScoredRecording.SILENCE, seconds);
        }
        Probabilities mean = summary.probabilities().get();
        StringBuilder line =
                new StringBuilder(format("%s  %.3f  (%.2f s", mean.answer(abstainBelow), mean.confidence(), seconds));
        if (!whole) {
            line.append(format(", %.2f s of speech, entropy %.2f bits", summary.speechSeconds(), mean.entropyBits()));
        }
        line.append(':');
        for (Emotion emotion : Emotion.values()) {
            line.append(format(" %s %.6f", emotion.id(), mean.values()[emotion.label()]));
        }
        return line.append(')').toString();
    }

    private Optional<String> shares(Timeline channel) {
        StringBuilder line = new StringBuilder();
        channel.shares(abstainBelow)
                .forEach((answer, share) -> line.append(share > 0 ? format(" %s %.0f %%", answer, 100 * share) : ""));
        return line.isEmpty() ? Optional.empty() : Optional.of("  of the speech:" + line);
    }

    private List<String> timeline(List<Segment> segments) {
        List<String> lines = new ArrayList<>();
        double confidence = 0;
        int first = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            String answer = answer(segment);
            confidence += segment.seconds()
                    * segment.probabilities().map(Probabilities::confidence).orElse(0f);
            if (i + 1 == segments.size() || !answer.equals(answer(segments.get(i + 1)))) {
                double start = segments.get(first).startSeconds();
                String line = format("  %s - %s  %s", clock(start), clock(segment.endSeconds()), answer);
                lines.add(
                        segment.speech() ? line + format(" %.2f", confidence / (segment.endSeconds() - start)) : line);
                confidence = 0;
                first = i + 1;
            }
        }
        return lines;
    }

    private String answer(Segment segment) {
        return segment.probabilities()
                .map(likely -> likely.answer(abstainBelow))
                .orElse(ScoredRecording.SILENCE);
    }

    /** {@code mm:ss.t}, or {@code h:mm:ss.t} from an hour on. */
    static String clock(double seconds) {
        long tenths = Math.round(seconds * 10);
        long minutes = tenths / 600;
        String rest = format("%02d:%02d.%d", minutes % 60, tenths / 10 % 60, tenths % 10);
        return minutes < 60 ? rest : minutes / 60 + ":" + rest;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
