package org.speechemotion.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class QuietOutputTest {
    @Test
    void theLibrariesAreSilentAndTheUserIsNot() {
        PrintStream standard = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            PrintStream user = new PrintStream(printed, true, Charset.defaultCharset());
            System.setOut(user);
            try (QuietOutput first = new QuietOutput();
                    QuietOutput second = new QuietOutput()) {
                System.out.println("one");
                differentiate();
                System.out.print("two");
                System.out.write('!');
                System.out.flush();
                assertThat(first).isNotSameAs(second);
            }
            assertThat(System.out).isSameAs(user);
        } finally {
            System.setOut(standard);
        }
        assertThat(printed.toString(Charset.defaultCharset())).isEqualTo("one" + System.lineSeparator() + "two!");
    }

    private static void differentiate() {
        SameDiff graph = SameDiff.create();
        SDVariable weight = graph.var("weight", Nd4j.ones(DataType.FLOAT, 2, 2));
        graph.setLossVariables(graph.mmul(weight, weight).mean("loss"));
        graph.calculateGradients(null, "weight");
    }
}
