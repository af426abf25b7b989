package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.Entry;
import org.speechemotion.corpus.Manifest;
import org.speechemotion.corpus.Ravdess;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.demo.DemoSettings;
import org.speechemotion.demo.DemoSpeaker;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.CrossCorpusTable;
import org.speechemotion.report.CrossCorpusTable.Cell;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.split.SplitSettings;
import org.speechemotion.train.RunFolder;

/** Two corpora of synthetic voices, one of which has calm and happy clips where the other has neutral ones. */
class CrossCorpusIT extends SparkTest {
    private static final CrossCorpus.Settings SETTINGS = new CrossCorpus.Settings(
            List.of(CrossCorpus.Training.EACH, CrossCorpus.Training.ALL_BUT_ONE, CrossCorpus.Training.ALL),
            LabelMap.of(Map.of("calm", "neutral")));

    @Test
    void everyModelIsTestedOnItsHeldOutSpeakersAndOnTheOtherCorpus() throws IOException {
        CatalogClips clips = clips();
        List<String> console = new ArrayList<>();
        RunFolder folder = new RunFolder(folder("runs"), "cross", "corpora");
        CrossCorpusTable table = run(folder, clips, console);

        assertThat(table.trainings()).containsExactly("one", "ravdess", "all");
        assertThat(table.corpora()).containsExactly("one", "ravdess");
        assertThat(table.cells().stream().map(cell -> cell.training() + " to " + cell.corpus()))
                .hasSize(6)
                .doesNotHaveDuplicates();
        Cell away = table.cell("ravdess", "one").orElseThrow();
        assertThat(away.heldOut()).isFalse();
        // ravdess has no neutral clip but calm ones; one speaker has no happy clip.
        assertThat(away.result().predictions()).hasSize(9);
        assertThat(away.chance()).isEqualTo(1 / 3.0);
        assertThat(away.result().predictions()).allSatisfy(prediction -> {
            assertThat(prediction.probabilities().of(Emotion.CALM.label())).isZero();
            assertThat(prediction.probabilities().of(Emotion.HAPPY.label())).isZero();
        });
        Cell home = table.cell("ravdess", "ravdess").orElseThrow();
        assertThat(home.heldOut()).isTrue();
        assertThat(home.result().evaluation().speakers()).isEqualTo(1);
        assertThat(home.result().predictions()).hasSize(4);
        Cell left = table.cell("one", "ravdess").orElseThrow();
        // The happy clips of four speakers are left out.
        assertThat(left.result().predictions()).hasSize(12);
        assertThat(console)
                .anyMatch(line ->
                        line.matches("ravdess to one: UAR \\S+ % \\[.*] on 9 clips by 3 speakers," + " chance 33.3 %"));

        assertThat(ModelBundle.read(folder.path().resolve("all/model"))
                        .manifest()
                        .split())
                .hasSize(7);
        // The acoustic ranges of the training side: 9 + 16 clips less those of two held-out speakers.
        assertThat(ModelBundle.read(folder.path().resolve("all/model"))
                        .manifest()
                        .acoustics()
                        .recordings())
                .isEqualTo(18);
        assertThat(Files.readAllLines(folder.path().resolve("results.csv"))).hasSize(7);
        assertThat(Files.readAllLines(folder.path().resolve("predictions.csv"))).hasSizeGreaterThan(30);
        assertThat(folder.path().resolve("figures/cross-corpus.svg")).isNotEmptyFile();
        assertThat(folder.path().resolve("report.html")).content().contains("merged: calm = neutral");

        String before = Files.readString(folder.path().resolve("results.csv"));
        List<String> again = new ArrayList<>();
        run(new RunFolder(folder("runs"), "cross", "corpora", true), clips, again);
        assertThat(Files.readString(folder.path().resolve("results.csv"))).isEqualTo(before);
        assertThat(again).noneMatch(line -> line.contains("epoch 1/"));
    }

    private CrossCorpusTable run(RunFolder folder, CatalogClips clips, List<String> console) throws IOException {
        RunSettings run = CrossValidationIT.settings(
                SplitSettings.defaults().withRatios(0, 0.25).withSeed(1));
        return new CrossCorpus(session, run, SETTINGS, folder, console::add).run(clips);
    }

    private CatalogClips clips() throws IOException {
        for (int speaker = 1; speaker <= 4; speaker++) {
            for (Emotion emotion : List.of(Emotion.CALM, Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY)) {
                write("ravdess/" + DemoClips.name(speaker, emotion), DemoClips.wav(speaker, emotion));
            }
        }
        StringBuilder manifest = new StringBuilder("path,actor_id,emotion\n");
        for (int speaker = 1; speaker <= 3; speaker++) {
            for (Emotion emotion : List.of(Emotion.NEUTRAL, Emotion.SAD, Emotion.ANGRY)) {
                String name = speaker + emotion.id() + ".wav";
                float[] samples = DemoCorpus.utterance(DemoSpeaker.of(speaker, 2), emotion, 1, 1, 2);
                write("one/" + name, WavWriter.write(new Waveform(samples, DemoSettings.SAMPLE_RATE)));
                manifest.append("%s,%d,%s%n".formatted(name, speaker, emotion.id()));
            }
        }
        Path file = Files.writeString(folder("one").resolve("manifest.csv"), manifest);
        List<Entry> entries =
                new ArrayList<>(Catalog.entries(new Ravdess(), folder("ravdess").toString(), Map.of(), hadoop()));
        entries.addAll(Catalog.entries(new Manifest(), file.toString(), Map.of("name", "one"), hadoop()));
        return CatalogClips.of(Catalog.of(session, entries, TestModel.AUDIO));
    }

    private Path folder(String name) {
        return folder.resolve(name);
    }
}
