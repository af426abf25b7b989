package org.speechemotion.encoder.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Option;

/** The options of the benchmarks of encoders. */
public final class BenchmarkOptions {
    private static final long REST_NANOS = 500_000_000;

    @Option(names = "--folder", description = "A Hugging Face folder; default: random weights of HuBERT-base's sizes.")
    private Path folder;

    @Option(names = "--threads", defaultValue = "2", description = "Threads of each; default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--repetitions", defaultValue = "7", description = "Of each case; default: ${DEFAULT-VALUE}.")
    private int repetitions;

    /** Returns the folder, which is written if none is given. */
    public Path folder() throws IOException {
        if (folder != null) {
            return folder;
        }
        Path random = Path.of("target", "encoder-folder");
        if (!Files.exists(random.resolve("model.safetensors"))) {
            RandomFolder.write(random);
        }
        return random;
    }

    /** Waits until the threads of the last engine, which look for more work for a while, are asleep. */
    public static void rest() {
        LockSupport.parkNanos(REST_NANOS);
    }

    public int threads() {
        return threads;
    }

    public int repetitions() {
        return repetitions;
    }
}
