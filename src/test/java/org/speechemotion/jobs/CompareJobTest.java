package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.report.HistoryFile;
import org.speechemotion.report.SampleRun;

class CompareJobTest {
    @TempDir
    private Path folder;

    @Test
    void storesAreSkippedAndOtherFoldersAreAnError() throws IOException {
        Path run = Files.createDirectories(folder.resolve("runs/emotion/first"));
        HistoryFile history = new HistoryFile(run.resolve("history.csv"), List.of());
        SampleRun.history().forEach(history::add);
        Path store = Files.createDirectories(folder.resolve("runs/features/00ff"));
        Files.writeString(store.resolve("_store.json"), "{}");
        Path mine = Files.createDirectories(folder.resolve("runs/emotion/mine"));
        Path yours = folder.resolve("runs/emotion/yours.txt");
        String curves = "output=" + folder.resolve("compare.png");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] words = {run.toString(), store.toString(), mine.toString(), yours.toString(), curves};
        int code = new CompareJob()
                .execute(
                        words,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(out, true, StandardCharsets.UTF_8));

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(code).as(lines.toString()).isEqualTo(Job.DONE);
        assertThat(lines)
                .filteredOn(line -> line.contains("not a run"))
                .containsExactly("not a run: " + mine + ", " + yours);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("emotion/first  "))
                .noneMatch(line -> line.contains("features"));
    }
}
