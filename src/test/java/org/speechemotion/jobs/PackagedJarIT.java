package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.Folders;

/** The jar as it was packaged, through the scripts, as a user runs it: locally and on a standalone cluster. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackagedJarIT extends PackagedCommands {
    private static final List<String> SMALL = List.of(
            "split.test=[\"ravdess:01\",\"ravdess:02\"]",
            "split.validation=[\"ravdess:03\",\"ravdess:04\"]",
            "training.epochs=2",
            "training.batch-size=8",
            "training.workers=2",
            "network.context.width=16",
            "network.hidden-width=16");

    @BeforeAll
    static void corpus() throws IOException {
        DemoCorpus.write(folder.resolve("corpus"), 3);
    }

    @Test
    void theJarListsTheLibrariesThatItHolds() throws IOException {
        Path jar = HOME.resolve("target/speech-emotion-spark.jar");
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            JsonNode list = new ObjectMapper()
                    .readTree(Files.readAllBytes(inside.getPath("META-INF/sbom/speech-emotion-spark.cdx.json")));
            assertThat(list.path("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(list.path("components").findValuesAsText("name"))
                    .contains("TarsosDSP", "nd4j-native", "commons-io")
                    .doesNotContain("spark-core_2.12", "junit-jupiter");
        }
    }

    @Test
    @Order(1)
    void cataloguesTrainsEvaluatesScoresAndInfers() throws Exception {
        Path catalog = folder.resolve("catalog.parquet");
        Output catalogued = emotion("catalog", "corpora.ravdess.path=" + folder.resolve("corpus"), "output=" + catalog);
        assertThat(catalogued.exit()).as(catalogued.err()).isZero();

        Output trained = emotion("train", arguments("catalog=" + catalog, "run.label=first"));
        assertThat(trained.exit()).as(trained.err()).isZero();
        assertThat(trained.out())
                .contains("epoch 2/2", "unweighted average recall")
                .doesNotContain("differentiated");
        Path run = folder.resolve("runs/emotion/first");
        assertThat(files(run))
                .contains(
                        "catalog.parquet",
                        "checkpoints",
                        "config.conf",
                        "confusion.gif",
                        "confusion.png",
                        "history.csv",
                        "metrics.json",
                        "misclassified",
                        "model",
                        "predictions.csv",
                        "provenance.json",
                        "report.html",
                        "run.log",
                        "split.csv",
                        "tensorboard");

        Output evaluated = emotion("evaluate", "model=" + run.resolve("model"), "catalog=" + catalog, "split=test");
        assertThat(evaluated.exit()).as(evaluated.err()).isZero();
        String table = evaluated.out().substring(evaluated.out().indexOf("clips by"));
        assertThat(trained.out()).contains(table.lines().skip(1).limit(4).toList());

        Path scores = folder.resolve("scores.csv");
        Output scored = emotion(
                "score",
                "model=" + run.resolve("model"),
                "input=" + folder + "/corpus/**/*-01.wav",
                "output=" + scores);
        assertThat(scored.exit()).as(scored.err()).isZero();
        assertThat(scored.out()).contains("16 listed = 16 scored + 0 rejected");

        String clip = rows(scores).get(0).split(",", -1)[0];
        Output inferred = emotion(
                "infer", "--csv", "model=" + run, Path.of(URI.create(clip)).toString());
        assertThat(inferred.exit()).as(inferred.err()).isZero();
        Output abstained = emotion(
                "infer",
                "--csv",
                "model=" + run.resolve("model"),
                "score.abstain-below=1",
                Path.of(URI.create(clip)).toString());
        assertThat(abstained.out()).contains(",uncertain,");
        assertThat(probabilities(abstained.out())).isEqualTo(probabilities(inferred.out()));
        assertThat(probabilities(inferred.out())).hasSize(8).allSatisfy(p -> assertThat(p)
                .isBetween(0.0, 1.0));
        List<Double> bulk = probabilities(rows(scores).get(0));
        for (int i = 0; i < bulk.size(); i++) {
            assertThat(probabilities(inferred.out()).get(i)).isCloseTo(bulk.get(i), within(1e-5));
        }

        Path curves = folder.resolve("compare.png");
        Output compared = emotion("compare", run.toString(), folder.toString(), "output=" + curves);
        assertThat(compared.exit()).as(compared.err()).isZero();
        assertThat(compared.out()).contains("not a run: " + folder, "emotion/first  ", "curves: " + curves);
        assertThat(curves).isNotEmptyFile();
    }

    @Test
    @Order(2)
    void trainsTheSameModelOnAStandaloneCluster() throws Exception {
        Output started = run(List.of(HOME + "/scripts/local-cluster", "start"));
        try {
            assertThat(started.exit()).as(started.err()).isZero();
            List<String> arguments = new ArrayList<>(
                    List.of("--master", started.out().strip(), "spark.executor.memory=1g", "spark.cores.max=2"));
            arguments.addAll(arguments("corpora.ravdess.path=" + folder.resolve("corpus"), "run.label=cluster"));
            Output trained = emotion("train", arguments);
            assertThat(trained.exit()).as(trained.err()).isZero();
            assertThat(trained.out()).contains("2 workers", "epoch 2/2");
            assertThat(epochs(folder.resolve("runs/emotion/cluster/run.log")))
                    .as("the same seed and as many workers")
                    .isEqualTo(epochs(folder.resolve("runs/emotion/first/run.log")));
        } finally {
            run(List.of(HOME + "/scripts/local-cluster", "stop"));
        }
    }

    /** No machine but the driver's has the encoder, and after the training not even that one. */
    @Test
    @Order(3)
    void fineTunesAnEncoderOnAClusterAndTheModelHoldsIt() throws Exception {
        Path encoder = Files.createDirectory(folder.resolve("encoder"));
        for (Path file : EncoderFolder.files(Folders.path("wavlm-base"))) {
            Files.copy(file, encoder.resolve(file.getFileName()));
        }
        Output started = run(List.of(HOME + "/scripts/local-cluster", "start"));
        try {
            assertThat(started.exit()).as(started.err()).isZero();
            List<String> arguments = new ArrayList<>(
                    List.of("--master", started.out().strip(), "spark.executor.memory=1g", "spark.cores.max=2"));
            arguments.addAll(arguments(
                    "corpora.ravdess.path=" + folder.resolve("corpus"),
                    "run.label=tuned",
                    "encoder.path=" + encoder,
                    "encoder.distribute=true",
                    "encoder.embed=true",
                    "training.unfreeze-last-n-layers=1",
                    "training.encoder-learning-rate=0.001"));
            Output trained = emotion("train", arguments);
            assertThat(trained.exit()).as(trained.err()).isZero();
            assertThat(trained.out()).contains("2 workers", "epoch 2/2");
        } finally {
            run(List.of(HOME + "/scripts/local-cluster", "stop"));
        }
        for (Path file : EncoderFolder.files(encoder)) {
            Files.delete(file);
        }
        String model = "model=" + folder.resolve("runs/emotion/tuned/model");
        Path scores = folder.resolve("tuned.jsonl");
        Output scored = emotion(
                "score",
                model,
                "input=" + folder + "/corpus/**/03-01-05-*-01.wav",
                "output=" + scores,
                "score.embeddings=true");
        assertThat(scored.exit()).as(scored.err()).isZero();
        JsonNode row = new ObjectMapper().readTree(lines(scores, ".json").get(0));
        assertThat(row.get("embedding")).hasSize(32);
        Output inferred = emotion(
                "infer",
                "--csv",
                model,
                Path.of(URI.create(row.get("path").asText())).toString());
        assertThat(inferred.exit()).as(inferred.err()).isZero();
        assertThat(probabilities(inferred.out()).get(4))
                .isCloseTo(row.get("probability_angry").asDouble(), within(1e-5));

        Files.write(folder.resolve("runs/emotion/tuned/model/encoder/config.json"), new byte[] {'{', '}'});
        Output changed = emotion("infer", model, "x.wav");
        assertThat(changed.exit()).isEqualTo(2);
        assertThat(changed.err()).contains("encoder/config.json has SHA-256").hasLineCount(1);
    }

    @Test
    @Order(4)
    void trainsFromAStoreWithoutTheAudio() throws Exception {
        List<String> stored = List.of(
                "catalog=" + folder.resolve("catalog.parquet"),
                "augmentation.chain=[\"gain\"]",
                "features.path=" + folder.resolve("store"),
                "features.views=1");
        Output built = emotion("features", stored);
        assertThat(built.exit()).as(built.err()).isZero();
        assertThat(built.out()).contains("192 clips, 192 of them with views", "0 present, 384 encoded: file:");

        List<String> arguments = new ArrayList<>(stored);
        arguments.addAll(arguments("features.mode=views", "run.label=stored"));
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(folder.resolve("corpus"), elsewhere);
        try {
            Output trained = emotion("train", arguments);
            assertThat(trained.exit()).as(trained.err()).isZero();
            assertThat(trained.out()).contains("present, 0 encoded: file:", "epoch 2/2");
        } finally {
            Files.move(elsewhere, folder.resolve("corpus"));
        }

        arguments.addAll(List.of("features.views=2", "run.label=refused"));
        Output refused = emotion("train", arguments);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err())
                .contains("store of other settings: views is 1 there and 2 here")
                .hasLineCount(1);
    }

    @Test
    void wrongUsageIsOneLineAndExitCodeTwo() throws Exception {
        for (List<String> wrong : List.of(
                List.of("train", "training.epoch=3"),
                List.of("score", "model=" + folder + "/none", "input=x", "output=y"),
                List.of("infer"),
                List.of("train", "encoder.path=" + folder + "/none", "corpora.ravdess.path=" + folder + "/corpus"),
                List.of("nonsense"))) {
            Output output = emotion(wrong.get(0), wrong.subList(1, wrong.size()));
            assertThat(output.exit()).as(wrong + " " + output.err()).isEqualTo(2);
            assertThat(output.err().lines()).as(wrong.toString()).hasSize(1);
            assertThat(output.out()).matches("(reading 192 files …\n)?");
        }
        Output debug = emotion("train", "training.epoch=3", "--debug");
        assertThat(debug.err()).contains("\tat org.speechemotion");
    }

    /** The help of all commands is looked at without processes by {@link CommandsTest}. */
    @Test
    void helpComesWithAndWithoutSpark() throws Exception {
        for (String command : List.of("train", "infer")) {
            Output output = emotion("help", command);
            assertThat(output.exit()).isZero();
            assertThat(output.out()).contains("Usage: emotion " + command + " [OPTION]…");
        }
    }

    private static List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(SMALL);
        arguments.add("run.directory=" + folder.resolve("runs"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** The probabilities in the last row of a CSV of scores. */
    private static List<Double> probabilities(String csv) {
        String[] row =
                csv.strip().lines().reduce((first, last) -> last).orElseThrow().split(",", -1);
        return Stream.of(row).skip(9).limit(8).map(Double::valueOf).toList();
    }

    /** Returns the figures of the epochs without their speed. */
    private static List<String> epochs(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("epoch"))
                .map(line -> line.replaceFirst("  \\d+ clips.*", ""))
                .toList();
    }
}
