package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;

class ResultTableTest {
    @Test
    void csvHasALineForEachSide() {
        List<String> lines = ResultTable.csv(SampleRun.result().sides()).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("side,speakers,clips,chance,uar,uar_low,uar_high,accuracy,");
        assertThat(lines.get(2))
                .startsWith("test,3,96,0.125000,0.750000,0.704768,0.781266,0.750000,")
                .matches("(?:[^,]*,){15}[0-9.]+");
    }

    @Test
    void oneSpeakerHasNoInterval() {
        SideResult side = SideResult.of(
                "test",
                List.of(
                        Predicted.clip("a.wav", "made:1", Emotion.HAPPY, Emotion.HAPPY, 0.8f),
                        Predicted.clip("b.wav", "made:1", Emotion.SAD, Emotion.HAPPY, 0.8f)),
                1);
        assertThat(ResultTable.csv(List.of(side)).lines().toList().get(1))
                .startsWith("test,1,2,0.500000,0.500000,,,0.500000,,,");
    }

    @Test
    void latexHasTheSidesAndTheEmotions() {
        String tex = ResultTable.latex(SampleRun.result().sides());
        assertThat(tex)
                .contains("Side & Speakers & Clips & UAR (\\%)")
                .contains("test & 3 & 96 & 75.0 [70.5, 78.1] & 75.0 [70.5, 78.1] & 75.0 [70.5, 78.1] & 0.")
                .contains("\nhappy & 12 & 75.0 & 75.0 & 75.0 \\\\\n")
                .doesNotContain("%%");
        assertThat(tex.lines().filter(line -> line.equals("\\bottomrule"))).hasSize(2);
    }
}
