package org.speechemotion.spark.ml;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.common.TemporaryFiles;
import org.speechemotion.settings.Settings;
import org.speechemotion.train.RunFolder;

/** The folder of a fit on the driver's machine: a run that is kept, or a temporary folder that is deleted after the fit. */
final class FitFolder implements AutoCloseable {
    private final Path temporary;
    private final boolean kept;
    private final RunFolder run;

    /**
     * Creates the folders.
     *
     * @param directory the folder of runs; "" for a run that is not kept
     * @param label the label of the run; "" for a new label
     * @param uid the id of the stage
     */
    FitFolder(String directory, String experiment, String label, String uid) throws IOException {
        temporary = TemporaryFiles.createFolder("speech-emotion-fit");
        kept = !directory.isEmpty();
        Path runs = kept ? Path.of(directory) : temporary;
        try {
            run = new RunFolder(runs, experiment, label.isEmpty() ? free(runs.resolve(experiment), uid) : label);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    RunFolder run() {
        return run;
    }

    /** Returns the first of uid-1, uid-2, … that is free. A cross-validator fits many times, perhaps at the same time. */
    private static String free(Path folder, String uid) throws IOException {
        Files.createDirectories(folder);
        for (int number = 1; ; number++) {
            String label = uid + "-" + number;
            try {
                Files.createDirectory(folder.resolve(label));
                return label;
            } catch (FileAlreadyExistsException taken) {
                // try the next number
            }
        }
    }

    /**
     * Requires that the model's copy of an encoder is kept as long as the model.
     *
     * @throws IllegalArgumentException if it would be deleted before
     */
    void requireNoLostEncoder(Settings settings) {
        if (settings.bool("encoder.embed") && !kept) {
            throw new IllegalArgumentException(
                    "encoder.embed is true, but runDirectory, where the copy would be, is not" + " set");
        }
    }

    /**
     * Returns the folder for the bytes of audio.
     *
     * @param directory "" for the temporary folder
     * @throws IllegalArgumentException if executors on other machines could not read it
     */
    Supplier<StagedBytes> staging(String directory, SparkSession session) {
        return () -> {
            if (directory.isEmpty() && !session.sparkContext().isLocal()) {
                throw new IllegalArgumentException("inputCol holds bytes, which the machines of a cluster read again in"
                        + " every epoch: set stagingDirectory to a folder that all of them reach");
            }
            return new StagedBytes(
                    directory.isEmpty() ? temporary.resolve("audio").toUri().toString() : directory,
                    session.sessionState().newHadoopConf());
        };
    }

    @Override
    public void close() {
        FileUtil.fullyDelete(temporary.toFile());
    }
}
