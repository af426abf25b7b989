package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    void filesAndEntriesOfArchivesAreMeasuredAndOthersAreRejected() throws IOException {
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
}
