package org.speechemotion.jobs;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.speechemotion.asr.Word;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.live.LiveEvent;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.scoring.Segment;
import org.speechemotion.scoring.Timeline;

/**
 * Shows live events: on a terminal as a block of lines that stays in place, with level, emotions, timeline and words of each
 * channel; otherwise a line for each segment and for words. It is thread-safe.
 */
final class LiveView {
    private static final int BAR = 30;
    private static final int TIMELINE = 60;
    private static final int WORDS = 70;
    private static final double QUIETEST = -70;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

    private final PrintStream out;
    private final boolean terminal;
    private final double threshold;
    private final EmotionSet emotions;
    private final String letters;
    private final Map<Integer, Channel> channels = new TreeMap<>();
    private int drawn;

    /** @param abstainBelow the confidence below which the answer is "not sure"; 0 selects one half */
    LiveView(PrintStream out, boolean terminal, EmotionSet emotions, double abstainBelow) {
        this.out = out;
        this.terminal = terminal;
        this.emotions = emotions;
        letters = letters(emotions);
        threshold = abstainBelow > 0 ? abstainBelow : 0.5;
    }

    /** The state of a channel that the view shows. */
    private static final class Channel {
        private final StringBuilder timeline = new StringBuilder();
        private final StringBuilder words = new StringBuilder();
        private double seconds;
        private double decibels = QUIETEST;
        private boolean speaking;
        private Optional<Probabilities> likely = Optional.empty();
        private int skipped;
    }

    /** Shows an event. */
    synchronized void show(LiveEvent event) {
        if (event instanceof LiveEvent.Level level) {
            Channel channel = channel(level.channel());
            channel.seconds = level.seconds();
            channel.decibels = level.decibels();
            draw();
        } else if (event instanceof LiveEvent.SpeechStart start) {
            channel(start.channel()).speaking = true;
        } else if (event instanceof LiveEvent.SpeechEnd end) {
            channel(end.channel()).speaking = false;
        } else if (event instanceof LiveEvent.Window window) {
            channel(window.channel()).likely = window.speech() ? Optional.of(window.probabilities()) : Optional.empty();
        } else if (event instanceof LiveEvent.Skipped skipped) {
            channel(skipped.channel()).skipped++;
            line(
                    "%s: skipped, because the scoring does not keep up",
                    span(skipped.channel(), skipped.startSeconds(), skipped.endSeconds()));
        } else if (event instanceof LiveEvent.Provisional provisional) {
            Segment segment = provisional.segment();
            channel(provisional.channel()).timeline.append(letter(segment.probabilities()));
            line(
                    "%s  %s",
                    span(provisional.channel(), segment.startSeconds(), segment.endSeconds()),
                    answer(segment.probabilities()));
        } else if (event instanceof LiveEvent.Words found) {
            List<Word> words = found.words();
            String text = words.stream().map(Word::text).collect(Collectors.joining(" "));
            channel(found.channel()).words.append(text).append(' ');
            line(
                    "%s  \"%s\"",
                    span(
                            found.channel(),
                            words.get(0).startSeconds(),
                            words.get(words.size() - 1).endSeconds()),
                    text);
        } else if (event instanceof LiveEvent.WordsSkipped skipped) {
            channel(skipped.channel()).words.append("… ");
            line(
                    "%s: not transcribed, because the recognition does not keep up",
                    span(skipped.channel(), skipped.startSeconds(), skipped.endSeconds()));
        } else if (event instanceof LiveEvent.End) {
            clear();
            channels.clear();
        }
    }

    /** Returns a line for each channel of a recording. */
    List<String> summary(String name, ScoredRecording recording) {
        List<String> lines = new ArrayList<>();
        List<Timeline> timelines = recording.channels();
        for (int i = 0; i < timelines.size(); i++) {
            Timeline.Summary summary = timelines.get(i).summary();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s%s: %s  (%.1f s, %.1f s of speech)",
                    name,
                    timelines.size() > 1 ? ", channel " + (i + 1) : "",
                    answer(summary.probabilities()),
                    recording.durationSeconds(),
                    summary.speechSeconds()));
            if (!recording.transcripts().isEmpty()) {
                lines.add("  text: " + recording.transcripts().get(i).text());
            }
        }
        return lines;
    }

    private Channel channel(int index) {
        return channels.computeIfAbsent(index, absent -> new Channel());
    }

    private String answer(Optional<Probabilities> likely) {
        if (likely.isEmpty()) {
            return "silence";
        }
        float confidence = likely.get().confidence();
        String name =
                confidence < threshold ? "not sure" : likely.get().emotion().id();
        return name + String.format(Locale.ROOT, " %.2f", confidence);
    }

    /** Returns a letter for each emotion in label order: the first of its own that no earlier one has, or any unused one. */
    private static String letters(EmotionSet emotions) {
        StringBuilder letters = new StringBuilder();
        for (String id : emotions.ids()) {
            (id + ALPHABET)
                    .chars()
                    .filter(letter -> ALPHABET.indexOf(letter) >= 0 && letters.indexOf(Character.toString(letter)) < 0)
                    .findFirst()
                    .ifPresent(letter -> letters.append((char) letter));
        }
        return letters.toString();
    }

    private char letter(Optional<Probabilities> likely) {
        if (likely.isEmpty()) {
            return '.';
        }
        return likely.get().confidence() < threshold
                ? '?'
                : letters.charAt(likely.get().label());
    }

    private String span(int channel, double start, double end) {
        return (channels.size() > 1 ? "channel " + (channel + 1) + "  " : "") + clock(start) + " – " + clock(end);
    }

    private static String clock(double seconds) {
        long tenths = Math.round(seconds * 10);
        return String.format(Locale.ROOT, "%02d:%02d.%d", tenths / 600, tenths / 10 % 60, tenths % 10);
    }

    private void line(String pattern, Object... values) {
        if (!terminal) {
            out.println(String.format(Locale.ROOT, pattern, values));
        }
    }

    private void draw() {
        if (!terminal) {
            return;
        }
        List<String> lines = new ArrayList<>();
        channels.forEach((index, channel) -> lines.addAll(lines(index, channel)));
        StringBuilder text = new StringBuilder(drawn > 0 ? "\033[" + drawn + "A" : "");
        lines.forEach(line -> text.append("\r").append(line).append("\033[K\n"));
        drawn = lines.size();
        out.print(text);
        out.flush();
    }

    /** Removes the block, so that later lines take its place. */
    private void clear() {
        if (drawn > 0) {
            out.print("\033[" + drawn + "A\r\033[J");
            out.flush();
            drawn = 0;
        }
    }

    private List<String> lines(int index, Channel channel) {
        List<String> lines = new ArrayList<>();
        double share = (Math.max(QUIETEST, channel.decibels) - QUIETEST) / -QUIETEST;
        lines.add(String.format(
                Locale.ROOT,
                "%s%s  %4.0f dB  %s  %s%s",
                channels.size() > 1 ? "channel " + (index + 1) + "  " : "",
                clock(channel.seconds),
                channel.decibels,
                bar(share),
                channel.speaking ? "speech" : "",
                channel.skipped > 0 ? "  " + channel.skipped + " windows skipped" : ""));
        for (Emotion emotion : emotions) {
            float value =
                    channel.likely.map(likely -> likely.of(emotion.label())).orElse(0f);
            boolean likeliest = channel.likely.isPresent()
                    && emotion.equals(channel.likely.get().emotion())
                    && value >= threshold;
            lines.add(String.format(
                    Locale.ROOT,
                    "%s %c %-10s %4.2f  %s",
                    likeliest ? ">" : " ",
                    letters.charAt(emotion.label()),
                    emotion.id(),
                    value,
                    bar(value)));
        }
        lines.add("  " + tail(channel.timeline, TIMELINE) + "  (? not sure, . silence)");
        if (!channel.words.isEmpty()) {
            lines.add("  " + tail(channel.words, WORDS));
        }
        return lines;
    }

    private static String bar(double share) {
        int full = (int) Math.round(Math.min(1, share) * BAR);
        return "█".repeat(full) + "·".repeat(BAR - full);
    }

    private static String tail(StringBuilder text, int length) {
        // Lines that are not shown again are dropped, so that a view of days stays small.
        text.delete(0, Math.max(0, text.length() - length));
        return text.toString();
    }
}
