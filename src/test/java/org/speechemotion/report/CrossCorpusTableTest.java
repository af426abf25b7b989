package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.report.CrossCorpusTable.Cell;
import org.speechemotion.train.Trainer.Prediction;

class CrossCorpusTableTest {
    private static final CrossCorpusTable TABLE = new CrossCorpusTable(
            List.of("a", "b"),
            List.of("a", "b"),
            List.of(cell("a", "a", true, 1), cell("a", "b", false, 4), cell("b", "a", false, 4)));

    @Test
    void theTextHasARowPerTrainingAndNamesHeldOutSpeakers() {
        List<String> lines = TABLE.text().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).matches("trained on +a +b");
        // Without three speakers there is no interval.
        assertThat(lines.get(1)).matches("a +75\\.0\\* +75\\.0 \\[\\d+\\.\\d, \\d+\\.\\d] ?");
        assertThat(lines.get(2)).matches("b +75\\.0 \\[\\d+\\.\\d, \\d+\\.\\d] +–");
        assertThat(lines.get(3)).matches("chance +50\\.0 +50\\.0");
    }

    @Test
    void theCsvHasALineForEachCell() {
        assertThat(TABLE.csv().lines())
                .hasSize(4)
                .first()
                .asString()
                .startsWith("trained_on,tested_on,held_out,speakers,clips,chance,uar,uar_low,uar_high,");
        assertThat(TABLE.csv().lines().toList().get(1)).startsWith("a,a,true,1,4,0.500000,0.750000,,,");
    }

    @Test
    void theFigureShowsTheScoreOfEveryCell() {
        assertThat(CrossCorpusPlot.of(TABLE).toSvg())
                .contains("trained on a, tested on b: UAR 75.0 %, chance 50.0 %, 16 clips by 4 speakers")
                .contains("no interval");
    }

    /** Three of the four clips of every speaker are right. */
    private static Cell cell(String training, String corpus, boolean heldOut, int speakers) {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < speakers; i++) {
            String speaker = corpus + ":" + i;
            predictions.add(Predicted.clip(speaker + 1, speaker, Emotion.SAD, Emotion.SAD, 0.8f));
            predictions.add(Predicted.clip(speaker + 2, speaker, Emotion.SAD, Emotion.ANGRY, 0.6f));
            predictions.add(Predicted.clip(speaker + 3, speaker, Emotion.ANGRY, Emotion.ANGRY, 0.7f));
            predictions.add(Predicted.clip(speaker + 4, speaker, Emotion.ANGRY, Emotion.ANGRY, 0.9f));
        }
        return new Cell(training, corpus, heldOut, SideResult.of(training + " to " + corpus, predictions, 1));
    }
}
