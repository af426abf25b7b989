package org.speechemotion.spark;

import java.io.IOException;
import java.nio.file.Path;

/** A model on disk for the tests of commands: it knows nothing, but tells clips apart. */
public final class ScoredModel {
    private ScoredModel() {}

    public static void write(Path folder) throws IOException {
        TestModel.bundle().write(folder);
    }
}
