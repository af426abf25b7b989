package org.speechemotion.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.report.figure.Mark.Point;

class ChartTest {
    private static final Stroke LINE = Stroke.series(0);

    @Test
    void aCurveHasAGapWhereAValueIsNotFinite() {
        Canvas canvas = new Canvas();
        new Chart(canvas, new Box(50, 10, 100, 100), Axis.whole(1, 6, "epoch"), Axis.share("UAR"))
                .curve(
                        LINE,
                        List.of(
                                new double[] {1, 0},
                                new double[] {2, 1},
                                new double[] {3, Double.NaN},
                                new double[] {4, 0.5},
                                new double[] {5, Double.NaN},
                                new double[] {6, 0.5},
                                new double[] {6, 1}));
        List<Mark> marks = canvas.toFigure(1, 1, "").marks();
        assertThat(marks)
                .contains(
                        new Mark.Polyline(List.of(new Point(50, 110), new Point(70, 10)), LINE),
                        new Mark.Circle(new Point(110, 60), 3.2, LINE.paint(), ""),
                        new Mark.Polyline(List.of(new Point(150, 60), new Point(150, 10)), LINE));
    }

    @Test
    void seriesBeyondTheColoursHaveAnotherShape() {
        Canvas canvas = new Canvas();
        for (int series : new int[] {0, 8, 16, 24}) {
            Chart.marker(canvas, series, new Point(5, 5), "");
        }
        assertThat(canvas.toFigure(1, 1, "").marks())
                .extracting(mark -> mark.getClass().getSimpleName())
                .containsExactly("Circle", "Rectangle", "Polygon", "Polygon");
    }

    @Test
    void aLegendGoesOnInTheNextRow() {
        Canvas canvas = new Canvas();
        double bottom = new Legend()
                .line(LINE, "x".repeat(20))
                .marker(1, "x".repeat(20))
                .bar(Paint.series(2), "y".repeat(1000))
                .draw(canvas, 10, 0, 200);
        assertThat(bottom).isEqualTo(48);
        assertThat(canvas.toFigure(1, 1, "").marks())
                .filteredOn(Mark.Text.class::isInstance)
                .extracting(mark -> ((Mark.Text) mark).position().x())
                .containsOnly(32.0);
    }
}
