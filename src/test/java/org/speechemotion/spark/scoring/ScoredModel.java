package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.TestModel;

/** A model on disk for the tests of commands. It is untrained but distinguishes clips. */
public final class ScoredModel {
    private ScoredModel() {}

    public static void write(Path folder) throws IOException {
        TestModel.bundle(
                        7,
                        Settings.load(List.of(), List.of("encoder.name=log-mel"))
                                .render())
                .write(folder);
    }
}
