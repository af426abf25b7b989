package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.speechemotion.acoustics.AcousticMeasurer;
import org.speechemotion.acoustics.AcousticProfile;
import org.speechemotion.acoustics.AcousticProperty;
import org.speechemotion.archive.ArchiveLimits;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.demo.DemoSettings;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;

class AcousticSurveyIT extends SparkTest {
    @Test
    void filesAndArchiveEntriesAreMeasured() throws IOException {
        write("input/one.wav", DemoClips.wav(1, Emotion.SAD));
        write("input/broken.wav", new byte[100]);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("two.wav"));
            zip.write(DemoClips.wav(2, Emotion.ANGRY));
        }
        write("input/more.zip", bytes.toByteArray());

        AcousticSurvey survey = AcousticSurvey.of(
                JavaSparkContext.fromSparkContext(session.sparkContext()),
                TestModel.AUDIO,
                RecordingSettings.defaults(),
                ArchiveLimits.defaults(),
                folder.resolve("input").toString());

        assertThat(survey.rejections().total()).isEqualTo(1);
        assertThat(survey.profiles()).hasSize(2);
        AcousticProfile one = AcousticMeasurer.measure(DemoClips.samples(1, Emotion.SAD), DemoSettings.SAMPLE_RATE);
        assertThat(survey.profiles()).anySatisfy(profile -> {
            assertThat(profile.value(AcousticProperty.LEVEL).orElseThrow())
                    .isCloseTo(one.value(AcousticProperty.LEVEL).orElseThrow(), within(0.01));
            assertThat(profile.value(AcousticProperty.PITCH).orElseThrow())
                    .isCloseTo(one.value(AcousticProperty.PITCH).orElseThrow(), within(0.1));
        });
    }

    @Test
    void aTableKeepsWhatTheSurveyMeasures() throws IOException {
        write("input/one.wav", DemoClips.wav(1, Emotion.SAD));
        write("input/two.wav", DemoClips.wav(2, Emotion.ANGRY));
        write("input/broken.wav", new byte[100]);
        String input = folder.resolve("input").toString();
        AcousticSurvey survey = AcousticSurvey.of(
                JavaSparkContext.fromSparkContext(session.sparkContext()),
                TestModel.AUDIO,
                RecordingSettings.defaults(),
                ArchiveLimits.defaults(),
                input);
        for (String name : List.of("scores.parquet", "scores.json")) {
            String table = score(input, name, true);
            assertThat(AcousticColumn.profiles(session, table, Optional.empty()).stream()
                            .map(AcousticProfile::values))
                    .containsExactlyInAnyOrderElementsOf(survey.profiles().stream()
                            .map(AcousticProfile::values)
                            .toList());
            assertThat(AcousticColumn.profiles(session, table, Optional.of("path like '%one.wav'")))
                    .hasSize(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AcousticColumn.profiles(session, table, Optional.of("date = 'x'")))
                    .withMessageStartingWith(
                            "check.where is date = 'x', which is not a condition on the columns of the table: ");
        }
        String without = score(input, "without.parquet", false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AcousticColumn.profiles(session, without, Optional.empty()))
                .withMessage("table " + without
                        + " has no column acoustics; allowed: a table that was scored with score.acoustics=true");
    }

    private String score(String input, String name, boolean acoustics) throws IOException {
        String table = folder.resolve(name).toString();
        try (ScoringRun run = new ScoringRun(
                session,
                TestModel.bundle(),
                TestModel.pipeline(hadoop()),
                ScoringOptions.defaults().with(ScoringSettings.defaults().withAcoustics(acoustics)),
                line -> {})) {
            run.score(input, table);
        }
        return table;
    }
}
