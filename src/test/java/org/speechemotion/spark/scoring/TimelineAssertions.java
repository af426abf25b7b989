package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.speechemotion.spark.scoring.RecordedCall.SECONDS;

import java.util.List;
import org.apache.spark.sql.Row;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.scoring.Segment;
import org.speechemotion.scoring.Timeline;

/** Compares the timelines of rows with those of single recordings. */
final class TimelineAssertions {
    private TimelineAssertions() {}

    static void assertIsTheCall(Row row, List<Timeline> alone) {
        assertThat(row.<Double>getAs("duration_s")).isEqualTo(SECONDS);
        List<Row> channels = list(row, "channels");
        List<Row> timeline = list(row, "timeline");
        assertThat(channels).hasSize(2);
        for (int i = 0; i < 2; i++) {
            int channel = i + 1;
            Timeline expected = alone.get(i);
            Row summary = channels.get(i);
            assertThat(summary.<Integer>getAs("channel")).isEqualTo(channel);
            assertThat(summary.<Double>getAs("speech_s")).isBetween(40.0, 65.0);
            assertThat(sum(summary, "share_")).isCloseTo(1, within(1e-5));
            assertProbabilities(
                    summary, expected.summary().probabilities().orElseThrow().values());
            assertTimeline(
                    timeline.stream()
                            .filter(segment -> segment.<Integer>getAs("channel") == channel)
                            .toList(),
                    expected.segments());
        }
        assertThat(timeline.stream().filter(TimelineAssertions::isOthersTurn))
                .hasSize(48)
                .allSatisfy(segment -> {
                    assertThat(segment.<String>getAs("emotion")).isEqualTo("silence");
                    assertThat(segment.<Float>getAs("confidence")).isNull();
                    assertThat(segment.<Float>getAs("probability_sad")).isNull();
                });
        assertIsMeanOfItsChannels(row, channels);
    }

    /** The agent has stopped, or the customer has not begun. */
    static boolean isOthersTurn(Row segment) {
        boolean first = segment.<Double>getAs("start_s") < SECONDS / 2.0;
        return segment.<Integer>getAs("channel") == (first ? 2 : 1);
    }

    static void assertTimeline(List<Row> found, List<Segment> expected) {
        assertThat(found).hasSameSizeAs(expected);
        double end = 0;
        for (int i = 0; i < found.size(); i++) {
            Row segment = found.get(i);
            assertThat(segment.<Double>getAs("start_s")).isEqualTo(end);
            end = segment.getAs("end_s");
            expected.get(i).probabilities().ifPresent(likely -> assertProbabilities(segment, likely.values()));
        }
        assertThat(end).isEqualTo(SECONDS);
    }

    static void assertProbabilities(Row row, float[] expected) {
        for (Emotion emotion : EmotionSet.EIGHT) {
            assertThat(row.<Float>getAs("probability_" + emotion.id()))
                    .isCloseTo(expected[emotion.label()], within(1e-5f));
        }
    }

    static void assertIsMeanOfItsChannels(Row row, List<Row> channels) {
        double first = channels.get(0).getAs("speech_s");
        double second = channels.get(1).getAs("speech_s");
        assertThat(row.<Double>getAs("speech_s")).isEqualTo(first + second);
        float max = 0;
        double bits = 0;
        for (Emotion emotion : EmotionSet.EIGHT) {
            String column = "probability_" + emotion.id();
            float probability = row.getAs(column);
            assertThat((double) probability)
                    .isCloseTo(
                            (first * channels.get(0).<Float>getAs(column)
                                            + second * channels.get(1).<Float>getAs(column))
                                    / (first + second),
                            within(1e-6));
            max = Math.max(max, probability);
            bits -= probability * Math.log(probability) / Math.log(2);
        }
        assertThat(row.<Float>getAs("confidence"))
                .isEqualTo(max)
                .isEqualTo(row.<Float>getAs("probability_" + row.getAs("emotion")));
        assertThat(row.<Double>getAs("entropy")).isCloseTo(bits, within(1e-6));
    }

    static double sum(Row row, String prefix) {
        double sum = 0;
        for (Emotion emotion : EmotionSet.EIGHT) {
            sum += row.<Float>getAs(prefix + emotion.id());
        }
        return sum;
    }

    static void assertTellsWhoSpoke(Row row) {
        Row call = row.getStruct(row.fieldIndex("call"));
        List<Row> sides = call.getList(call.fieldIndex("sides"));
        assertThat(sides).hasSize(2);
        Row agent = sides.get(0);
        assertThat(agent.<Double>getAs("talk_s")
                        + sides.get(1).<Double>getAs("talk_s")
                        + call.<Double>getAs("silence_s")
                        - call.<Double>getAs("overlap_s"))
                .isCloseTo(SECONDS, within(0.02));
        assertThat(agent.<Integer>getAs("turns")).isEqualTo(1);
        assertThat(agent.<String>getAs("last_emotion")).isEqualTo(ScoredRecording.SILENCE);
        assertThat(sides.get(1).<String>getAs("first_emotion")).isEqualTo(ScoredRecording.SILENCE);
        assertThat(sides.get(1).<Double>getAs("loudness_db")).isBetween(-60.0, 0.0);
    }

    static List<Row> list(Row row, String column) {
        return row.getList(row.fieldIndex(column));
    }
}
