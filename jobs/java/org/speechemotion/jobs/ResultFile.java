package org.speechemotion.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.speechemotion.common.Result;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.scoring.ResultLines;

/** A CSV or JSON file with the columns of {@code score}, to which recordings are appended. */
final class ResultFile {
    private ResultFile() {}

    /**
     * Creates a file to which each recording adds a row.
     *
     * @param input the value of the first column
     * @throws SettingsException if the file exists, cannot be written or has another extension
     */
    static Consumer<Result<ScoredRecording>> create(
            Path path, BundleManifest manifest, double abstainBelow, boolean transcripts, String input) {
        String name = path.getFileName().toString();
        ResultLines lines;
        if (name.endsWith(".csv")) {
            lines = ResultLines.csv(manifest.modelId(), manifest.emotions(), abstainBelow, transcripts);
        } else if (name.endsWith(".json") || name.endsWith(".jsonl")) {
            lines = ResultLines.json(manifest.modelId(), manifest.emotions(), abstainBelow, transcripts);
        } else {
            throw new SettingsException("output is " + path + "; allowed: a name that ends in .csv, .json or .jsonl");
        }
        write(path, lines.header().map(header -> header + "\n").orElse(""), StandardOpenOption.CREATE_NEW);
        return result -> write(path, lines.line(input, result) + "\n", StandardOpenOption.APPEND);
    }

    private static void write(Path path, String text, StandardOpenOption option) {
        try {
            Files.writeString(path, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE, option);
        } catch (IOException e) {
            throw new SettingsException("output " + path + " cannot be written: " + e, e);
        }
    }
}
