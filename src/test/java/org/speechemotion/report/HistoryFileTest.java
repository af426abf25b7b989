package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.train.EpochReport;
import org.speechemotion.train.EpochReportBuilder;

class HistoryFileTest {
    private static final String HEADER =
            "epoch,learning_rate,train_loss,gradient_norm,validation_loss,validation_accuracy,validation_uar,train_accuracy,train_uar,"
                    + "clips_per_second,seconds,best";

    @TempDir
    private Path folder;

    @Test
    void hasALineForEveryEpochAsSoonAsItEnds() throws IOException {
        List<EpochReport> reports = SampleRun.history();
        HistoryFile history = new HistoryFile(file(), List.of());
        history.add(reports.get(0));
        assertThat(file()).hasContent(HEADER + "\n1,0.001,2.0,8.0,2.5,0.5,0.5,0.5,0.5,100.5,7.5,false\n");
        history.add(reports.get(1));
        assertThat(Files.readAllLines(file()))
                .containsExactly(
                        HEADER,
                        "1,0.001,2.0,8.0,2.5,0.5,0.5,0.5,0.5,100.5,7.5,false",
                        "2,0.001,1.0,4.0,1.25,1.0,1.0,1.0,1.0,100.5,7.5,true");
        assertThat(history.reports()).containsExactlyElementsOf(reports.subList(0, 2));
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void continuesTheFileOfAnEarlierProcess() throws IOException {
        List<EpochReport> reports = SampleRun.history();
        new HistoryFile(file(), reports.subList(0, 2)).add(reports.get(2));
        assertThat(HistoryFile.read(file()).stream().map(row -> row[0])).containsExactly(1.0, 2.0, 3.0);
    }

    @Test
    void withoutAValidationSideItsFieldsAreEmpty() throws IOException {
        EpochReport report = new EpochReportBuilder(1, 1)
                .training(0.5, 1, 3, ConfusionMatrix.empty())
                .best(true)
                .speed(1, 1)
                .build();
        new HistoryFile(file(), List.of()).add(report);
        assertThat(file()).hasContent(HEADER + "\n1,0.5,1.0,3.0,,,,0.0,0.0,1.0,1.0,true\n");
        assertThat(HistoryFile.read(file()).get(0)[4]).isNaN();
    }

    @Test
    void historiesOfEarlierBuildsAreRead() throws IOException {
        Files.writeString(
                file(),
                "epoch,learning_rate,train_loss,validation_loss,validation_accuracy,validation_uar,train_accuracy,"
                        + "train_uar,clips_per_second,seconds,best\n1,0.001,2.0,2.5,0.5,0.6,0.7,0.8,100.5,7.5,true\n");
        assertThat(HistoryFile.read(file()))
                .containsExactly(
                        new double[] {1, 0.001, 2, Double.NaN, 2.5, 0.5, 0.6, 0.7, 0.8, 100.5, 7.5, Double.NaN});
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Files.writeString(file(), "a,b\n1,2\n");
        assertThatIOException()
                .isThrownBy(() -> HistoryFile.read(file()))
                .withMessage(file() + " has another header; allowed: " + HEADER);
    }

    private Path file() {
        return folder.resolve("history.csv");
    }
}
