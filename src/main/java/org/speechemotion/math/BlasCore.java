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
 * Detects when OpenBLAS selects slow kernels. Version 0.3.19 of ND4J does not recognise AVX-512 on CPUs by AMD, where it treats
 * Zen 4 as Zen and newer ones as Opteron, and on those by Intel after Sapphire Rapids. Its AVX-512 kernels work there as well, but
 * only the environment at load time can select them, so this class can only give advice. {@code scripts/environment.sh} follows it.
 */
final class BlasCore {
    static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final List<String> AVX512 = List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

    /** The number of Sapphire Rapids. Later models have greater numbers, as has the earlier Rocket Lake. */
    private static final int LAST_KNOWN_MODEL = 143;

    private static final int ROCKET_LAKE = 167;

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
        boolean hasAvx512 =
                Set.copyOf(Arrays.asList(field(cpus, "flags").split("\\s+"))).containsAll(AVX512);
        boolean isMissed = hasAvx512 && (cpus.contains("AuthenticAMD") || isNewIntel(cpus));
        return isMissed && (core == null || core.isEmpty())
                ? Optional.of(
                        "OpenBLAS does not use the AVX-512 of this CPU, and encoders may take four times as long: set "
                                + VARIABLE + "=SkylakeX in the environment, for executors by spark.executorEnv."
                                + VARIABLE)
                : Optional.empty();
    }

    private static boolean isNewIntel(String cpus) {
        String model = field(cpus, "model");
        return cpus.contains("GenuineIntel")
                && model.matches("\\d{1,5}")
                && Integer.parseInt(model) > LAST_KNOWN_MODEL
                && Integer.parseInt(model) != ROCKET_LAKE;
    }

    /** Returns the value of a field of the first CPU, or "". */
    private static String field(String cpus, String name) {
        return cpus.lines()
                .map(line -> line.split("\\s*:\\s*", 2))
                .filter(line -> line.length == 2 && line[0].equals(name))
                .map(line -> line[1].strip())
                .findFirst()
                .orElse("");
    }
}
