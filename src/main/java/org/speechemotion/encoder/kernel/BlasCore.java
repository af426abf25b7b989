package org.speechemotion.encoder.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which kernels OpenBLAS picks. Version 0.3.19, ND4J's, does not know AVX-512 on AMD's CPUs: it takes Zen 4 for Zen, and what
 * is newer for an Opteron. Its kernels for Intel's AVX-512 run there too, but only its environment, when it is loaded, can tell
 * it so; hence advice is all that there is to give here. {@code scripts/environment.sh} follows it.
 */
final class BlasCore {
    static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final List<String> AVX512 = List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

    private BlasCore() {}

    /** What to tell the user of this machine. */
    static Optional<String> advice() {
        try {
            return advice(
                    Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1), System.getenv(VARIABLE));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /**
     * What to tell.
     *
     * @param cpus as in Linux's {@code /proc/cpuinfo}
     * @param core that the environment names; null if none
     */
    static Optional<String> advice(String cpus, String core) {
        boolean missed = cpus.contains("AuthenticAMD")
                && cpus.lines()
                        .filter(line -> line.startsWith("flags"))
                        .findFirst()
                        .map(flags ->
                                Set.copyOf(Arrays.asList(flags.split("\\s+"))).containsAll(AVX512))
                        .orElse(false);
        return missed && (core == null || core.isEmpty())
                ? Optional.of(
                        "OpenBLAS does not use the AVX-512 of this CPU, and encoders may take four times as long: set "
                                + VARIABLE + "=SkylakeX in the environment, for executors by spark.executorEnv."
                                + VARIABLE)
                : Optional.empty();
    }
}
