package org.speechemotion.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.report.figure.Axis;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Chart;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Legend;
import org.speechemotion.report.figure.Paint;
import org.speechemotion.report.figure.TextStyle;

/** A recording's timeline: for each channel, a band whose colours are emotions. Silence is left blank. */
final class TimelinePlot {
    private static final double WIDTH = 700;
    private static final double LEFT = 70;
    private static final double BAND = 24;
    private static final double GAP = 8;
    private static final String UNCERTAIN = "uncertain";
    private static final String SILENCE = "silence";

    /** A segment, as a table of scores has it; times are in s. */
    record Segment(int channel, double start, double end, String emotion, double confidence) {}

    private TimelinePlot() {}

    /**
     * Draws a timeline.
     *
     * @param seconds the duration of the recording
     */
    static Figure of(List<Segment> segments, double seconds, String name) {
        List<Integer> channels =
                segments.stream().map(Segment::channel).distinct().sorted().toList();
        List<String> emotions = emotions(segments);
        Canvas canvas = new Canvas();
        double top = 8;
        double bottom = top + Math.max(1, channels.size()) * (BAND + GAP);
        Box area = new Box(LEFT, top, WIDTH - LEFT - 12, bottom - top);
        Axis time = Axis.upTo(seconds, "time, s", false);
        Axis end = new Axis(time.title(), 0, Math.max(seconds, 1e-3), ticks(time, seconds), false);
        new Chart(canvas, area, end, new Axis("", 0, 1, List.of(), false));
        for (int i = 0; i < channels.size(); i++) {
            double y = top + i * (BAND + GAP) + GAP / 2;
            String label = "channel " + channels.get(i);
            canvas.text(
                    label, LEFT - 8, y + BAND / 2, TextStyle.of(10, Paint.FAINT).ending());
            for (Segment segment : segments) {
                if (segment.channel() == channels.get(i)) {
                    band(canvas, segment, emotions, area, end, y);
                }
            }
        }
        double legend = legend(segments, emotions).draw(canvas, LEFT, bottom + 40, area.width());
        return canvas.toFigure(WIDTH, legend + 4, "Timeline of " + name);
    }

    /** Returns the eight emotions if they include all answers, or else the answers in alphabetical order. */
    private static List<String> emotions(List<Segment> segments) {
        List<String> answers = segments.stream()
                .map(Segment::emotion)
                .filter(answer -> !answer.equals(UNCERTAIN) && !answer.equals(SILENCE))
                .distinct()
                .sorted()
                .toList();
        return EmotionSet.EIGHT.ids().containsAll(answers) ? EmotionSet.EIGHT.ids() : answers;
    }

    private static List<Double> ticks(Axis axis, double seconds) {
        return axis.ticks().stream().filter(tick -> tick <= seconds).toList();
    }

    private static void band(Canvas canvas, Segment segment, List<String> emotions, Box area, Axis time, double y) {
        if (segment.emotion().equals(SILENCE)) {
            return;
        }
        double from = area.x() + time.position(segment.start()) * area.width();
        double to = area.x() + time.position(segment.end()) * area.width();
        String tooltip = String.format(
                Locale.ROOT,
                "%s, %.0f %%, %.1f to %.1f s",
                segment.emotion(),
                100 * segment.confidence(),
                segment.start(),
                segment.end());
        canvas.rectangle(new Box(from, y, Math.max(0.5, to - from), BAND), paint(segment.emotion(), emotions), tooltip);
    }

    private static Legend legend(List<Segment> segments, List<String> emotions) {
        List<String> names = new ArrayList<>(emotions);
        names.add(UNCERTAIN);
        names.retainAll(segments.stream().map(Segment::emotion).toList());
        Legend legend = new Legend();
        names.forEach(name -> legend.bar(paint(name, emotions), name));
        return legend;
    }

    private static Paint paint(String emotion, List<String> emotions) {
        int label = emotions.indexOf(emotion);
        return label < 0 ? Paint.GRID : Paint.series(label);
    }
}
