package org.speechemotion.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.speechemotion.common.Counted;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.report.figure.Axis;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Chart;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Legend;
import org.speechemotion.train.Example;
import org.speechemotion.train.Trainer.Prediction;

/**
 * Plots the embeddings of clips, projected onto their first two principal components. Similar embeddings are close
 * together: clusters by emotion are desired, clusters by speaker are not.
 */
public final class EmbeddingPlot {
    private static final Box AREA = new Box(58, 10, 310, 240);
    private static final int MAX_CLIPS = 1000;

    private final List<Example> clips;
    private final PrincipalComponents components;

    /**
     * Projects the clips.
     *
     * @param vectors the embedding of each clip, all of one width
     * @throws IllegalArgumentException if there are not as many vectors as clips, or no clips
     */
    public EmbeddingPlot(List<Example> clips, List<float[]> vectors) {
        if (clips.isEmpty() || clips.size() != vectors.size()) {
            throw new IllegalArgumentException("embedding map has %d clips and %d vectors; allowed: as many, at least 1"
                    .formatted(clips.size(), vectors.size()));
        }
        this.clips = List.copyOf(clips);
        components = PrincipalComponents.of(vectors, 2);
    }

    /** Returns the clips of the predictions, or an even sample if there are more than a plot can show. */
    public static List<Example> sample(List<Prediction> predictions) {
        int count = Math.min(MAX_CLIPS, predictions.size());
        return IntStream.range(0, count)
                .mapToObj(i -> predictions
                        .get((int) ((long) i * predictions.size() / count))
                        .example())
                .toList();
    }

    /** Draws the map with a colour for each true emotion. */
    public Figure byEmotion() {
        return draw("emotion", clip -> clip.emotion().id(), emotions());
    }

    /** Draws the map with a colour, and beyond eight speakers a shape, for each speaker. */
    public Figure bySpeaker() {
        return draw(
                "speaker",
                Example::speakerId,
                clips.stream().map(Example::speakerId).distinct().sorted().toList());
    }

    private List<String> emotions() {
        return clips.stream()
                .map(Example::emotion)
                .distinct()
                .sorted()
                .map(Emotion::id)
                .toList();
    }

    private Figure draw(String property, Function<Example, String> group, List<String> groups) {
        Canvas canvas = new Canvas();
        Chart chart = new Chart(canvas, AREA, axis(0), axis(1));
        for (int i = 0; i < clips.size(); i++) {
            Example clip = clips.get(i);
            chart.marker(
                    groups.indexOf(group.apply(clip)),
                    components.coordinate(i, 0),
                    components.coordinate(i, 1),
                    clip.emotion().id() + ", " + clip.speakerId());
        }
        Legend legend = new Legend();
        for (int i = 0; i < groups.size(); i++) {
            legend.marker(i, groups.get(i));
        }
        double bottom = legend.draw(canvas, AREA.x(), AREA.bottom() + 38, AREA.width());
        return canvas.toFigure(380, bottom + 4, "Map of " + Counted.of(clips.size(), "clip") + " by " + property);
    }

    private Axis axis(int component) {
        double[] values = IntStream.range(0, clips.size())
                .mapToDouble(i -> components.coordinate(i, component))
                .sorted()
                .toArray();
        String title = String.format(
                Locale.ROOT,
                "component %d (%.0f %% of the variance)",
                component + 1,
                100 * components.explained(component));
        return Axis.around(values[0], values[values.length - 1], title);
    }
}
