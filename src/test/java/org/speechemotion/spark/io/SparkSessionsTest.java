package org.speechemotion.spark.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSessionsTest {
    /** Nobody listens on the port "discard". */
    @Test
    void unreachableMastersAreReportedInOneLine() {
        for (String master :
                new String[] {"spark://127.0.0.1:9", "spark://127.0.0.1:9,127.0.0.1:9", "spark://nowhere"}) {
            System.setProperty("spark.master", master);
            try {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> SparkSessions.open("test"))
                        .withMessageStartingWith("the master is " + master + ", where no Spark answers (")
                        .withMessageNotContaining("\n");
            } finally {
                System.clearProperty("spark.master");
            }
        }
    }

    @Test
    void onlyRunsInOneProcessOutliveTheSleepOfTheirMachine() {
        String timeout = "spark.storage.blockManagerHeartbeatTimeoutMs";
        for (String master : new String[] {"local", "local[2]", "local[*]", "local[2,4]"}) {
            assertThat(configuration(master).getTimeAsMs(timeout, "120s")).isEqualTo(3650L * 24 * 3600 * 1000);
        }
        for (String master :
                new String[] {"local-cluster[2,1,1024]", "spark://localhost:7077", "yarn", "k8s://https://host"}) {
            assertThat(configuration(master).contains(timeout)).isFalse();
        }
        System.setProperty(timeout, "5s");
        try {
            assertThat(configuration("local").get(timeout)).isEqualTo("5s");
        } finally {
            System.clearProperty(timeout);
        }
    }

    @Test
    void executorsAllocateNativeMemoryAsTheDriver() {
        String executors = "spark.executorEnv.GLIBC_TUNABLES";
        Map<String, String> environment = Map.of("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
        assertThat(SparkSessions.configuration("test", Map.of()).contains(executors))
                .isFalse();
        assertThat(SparkSessions.configuration("test", environment).get(executors))
                .isEqualTo("glibc.malloc.hugetlb=1");
        System.setProperty(executors, "glibc.malloc.hugetlb=0");
        try {
            assertThat(SparkSessions.configuration("test", environment).get(executors))
                    .isEqualTo("glibc.malloc.hugetlb=0");
        } finally {
            System.clearProperty(executors);
        }
    }

    private static SparkConf configuration(String master) {
        System.setProperty("spark.master", master);
        try {
            return SparkSessions.configuration("test", Map.of());
        } finally {
            System.clearProperty("spark.master");
        }
    }

    /** As the driver of a standalone cluster, whose Java gets none of the options that Spark gives to the others. */
    @Test
    void aJavaThatIsClosedToSparkIsOneLineWithTheOption() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Driver.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.strip())
                .startsWith(
                        "Java does not open its package sun.nio.ch, which Spark needs; add --driver-java-options \"")
                .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .endsWith("\"")
                .hasLineCount(1);
        assertThat(process.waitFor()).isZero();
    }

    static final class Driver {
        private Driver() {}

        public static void main(String[] arguments) {
            try {
                SparkSessions.open("test").close();
            } catch (IllegalArgumentException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
