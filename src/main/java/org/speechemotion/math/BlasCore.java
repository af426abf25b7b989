package org.speechemotion.math;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Detects when OpenBLAS selects slow kernels. Version 0.3.19 of ND4J does not recognise AVX-512 on CPUs by AMD: it treats
 * Zen 4 as Zen and newer ones as Opteron. Its AVX-512 kernels for Intel work there as well, but only the environment at
 * load time can select them, so this class can only give advice. {@code scripts/environment.sh} follows it.
 */
final class BlasCore {
    static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final List<String> AVX512 = List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

    private BlasCore() {}

    /** Returns the advice for this machine, if any. */
    static Optional<String> advice() {
        try {
            return advice(
                    Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1), System.getenv(VARIABLE));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /**
     * Returns the advice for a machine, if any.
     *
     * @param cpus the content of {@code /proc/cpuinfo}
     * @param core the value of {@value #VARIABLE}; null if it is not set
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
