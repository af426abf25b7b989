package org.speechemotion.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlasCoreTest {
    private static final String ZEN_4 = "processor\t: 0\n"
            + "vendor_id\t: AuthenticAMD\n"
            + "flags\t\t: fpu avx2 avx512f avx512dq avx512cd avx512bw avx512vl\n";

    @Test
    void amdProcessorsWithAvx512AreNamed() {
        assertThat(BlasCore.advice(ZEN_4 + ZEN_4, null)).get().asString().contains("OPENBLAS_CORETYPE=SkylakeX");
        assertThat(BlasCore.advice(ZEN_4, "")).isPresent();
    }

    @Test
    void newProcessorsOfIntelAreNamed() {
        String emeraldRapids = ZEN_4.replace("AuthenticAMD\n", "GenuineIntel\nmodel\t\t: 207\nmodel name\t: Xeon\n");
        assertThat(BlasCore.advice(emeraldRapids, null)).isPresent();
        for (int known : new int[] {85, 143, 167}) {
            assertThat(BlasCore.advice(emeraldRapids.replace("207", "" + known), null))
                    .as("model %d", known)
                    .isEmpty();
        }
    }

    @Test
    void otherProcessorsAreNotNamed() {
        assertThat(BlasCore.advice(ZEN_4, "Haswell")).as("the user's word").isEmpty();
        assertThat(BlasCore.advice(ZEN_4.replace("AuthenticAMD", "GenuineIntel"), null))
                .isEmpty();
        assertThat(BlasCore.advice(ZEN_4.replace("avx512vl", "erms"), null)).isEmpty();
        assertThat(BlasCore.advice("", null)).isEmpty();
    }
}
