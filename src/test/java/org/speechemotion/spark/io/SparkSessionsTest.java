package org.speechemotion.spark.io;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
}
