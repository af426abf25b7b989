package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Csv;
import org.speechemotion.corpus.Emotion;

class PredictionTableTest {
    @Test
    void hasALineForEveryClipOfEverySide() throws IOException {
        String path = "a, \"b\"\n.wav";
        SideResult validation = SideResult.of(
                "validation", List.of(Predicted.clip(path, "made:1", Emotion.HAPPY, Emotion.SAD, 0.3f)), 1);
        SideResult test = SideResult.of(
                "test", List.of(Predicted.clip("c", "made:2", Emotion.SURPRISED, Emotion.SURPRISED, 1)), 1);

        List<Csv.Row> rows =
                Csv.parse(new StringReader(PredictionTable.csv(List.of(validation, test))), "predictions.csv");

        assertThat(rows).hasSize(3);
        assertThat(String.join(",", rows.get(0).fields()))
                .isEqualTo("path,actor_id,emotion,predicted,probability_neutral,probability_calm,probability_happy,"
                        + "probability_sad,probability_angry,probability_fearful,probability_disgust,"
                        + "probability_surprised,side");
        assertThat(rows.get(1).fields())
                .containsExactly(
                        path,
                        "made:1",
                        "happy",
                        "sad",
                        "0.1",
                        "0.1",
                        "0.1",
                        "0.3",
                        "0.1",
                        "0.1",
                        "0.1",
                        "0.1",
                        "validation");
        assertThat(rows.get(2).fields())
                .containsExactly(
                        "c",
                        "made:2",
                        "surprised",
                        "surprised",
                        "0.0",
                        "0.0",
                        "0.0",
                        "0.0",
                        "0.0",
                        "0.0",
                        "0.0",
                        "1.0",
                        "test");
    }
}
