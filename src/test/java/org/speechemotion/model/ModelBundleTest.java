package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.metrics.Calibrator;

class ModelBundleTest {

    @TempDir
    private Path parent;

    @Test
    void writtenBundlesAreReadBack() throws IOException {
        ComputationGraph graph = TinyNetwork.graph(true, 1);
        ModelBundle bundle = ModelBundle.of(graph, TinyNetwork.draft(Map.of("best_epoch", 3)));
        bundle.write(folder());
        assertThat(names(folder())).containsExactlyInAnyOrder("model.json", "model.zip");
        ModelBundle read = ModelBundle.read(folder());
        assertThat(read.manifest()).isEqualTo(bundle.manifest());
        assertThat(read.weightBytes()).isEqualTo(bundle.weightBytes());
        List<Frames> clips = List.of(TinyNetwork.clip(7, 1), TinyNetwork.clip(40, 2));
        List<float[]> expected = new EmotionModel(
                        graph, TinyNetwork.TIME_MULTIPLE, Calibrator.of(1.5), EmotionSet.EIGHT)
                .probabilities(clips);
        assertThat(read.open().probabilities(clips)).usingRecursiveComparison().isEqualTo(expected);
        assertThat(ModelBundle.of(read.manifestBytes(), read.weightBytes()).manifest())
                .isEqualTo(bundle.manifest());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.999})
    void aChangedByteOfTheWeightsIsRefused(double where) throws IOException {
        bundle(1, 0).write(folder());
        Path file = folder().resolve("model.zip");
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (where * bytes.length)] ^= 1;
        Files.write(file, bytes);
        refused("model.zip has SHA-256 ", "model.json says ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.json", "model.zip"})
    void aMissingFileIsRefused(String name) throws IOException {
        bundle(1, 0).write(folder());
        Files.delete(folder().resolve(name));
        refused(folder() + " is not a model: it has no " + name);
    }

    @Test
    void aMissingFolderIsRefused() {
        refused(folder() + " is not a model: it has no model.json");
    }

    @Test
    void invalidWeightsAreRejected() {
        byte[] junk = {1, 2, 3};
        BundleManifest manifest = bundle(1, 0).manifest();
        String json = new String(manifest.toJson(), StandardCharsets.UTF_8)
                .replace(manifest.files().get("model.zip"), Sha256.of(junk));
        ModelBundle bundle = ModelBundle.of(json.getBytes(StandardCharsets.UTF_8), junk);
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(bundle::open)
                .withMessageStartingWith("model.zip is not a network: ")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("\n"));
    }

    /** Scores are kept by a model's id: one that claims another's would be taken for it. */
    @Test
    void aWrongIdIsRejected() {
        ModelBundle mine = bundle(1, 0);
        ModelBundle theirs = bundle(2, 0);
        ModelBundle lying =
                changed(theirs, theirs.manifest().modelId(), mine.manifest().modelId());
        assertThat(lying.contentSha256()).isNotEqualTo(mine.contentSha256());
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(lying::open)
                .withMessage(
                        "model.json has modelId " + mine.manifest().modelId() + "; the model that it describes has "
                                + theirs.manifest().modelId());
        for (String id : List.of("../../elsewhere", "", "0123456789abcdeg", "0123456789ABCDEF")) {
            assertThatExceptionOfType(BundleException.class)
                    .isThrownBy(() -> changed(mine, mine.manifest().modelId(), id))
                    .withMessage("model.json has modelId " + id + "; allowed: 16 hexadecimal digits");
        }
    }

    @Test
    void aBundleOfTheFirstVersionKeepsItsId() {
        ModelBundle old = ModelBundle.of(TinyNetwork.graph(true, 1), TinyNetwork.draft(Map.of(), 1));
        BundleManifest manifest = old.manifest();
        ComputationGraph graph = old.open().graph();
        float[] weights = graph.params().toFloatVector();
        ByteBuffer bytes = ByteBuffer.allocate(weights.length * Float.BYTES);
        bytes.asFloatBuffer().put(weights);
        String rest = graph.getConfiguration().toJson() + manifest.encoderFingerprint() + manifest.labels();
        String id =
                Sha256.of(bytes.array(), rest.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        assertThat(changed(old, manifest.modelId(), id).open().graph().params()).isEqualTo(graph.params());
    }

    @Test
    void nonFiniteWeightsAreNotBundled() {
        ComputationGraph graph = TinyNetwork.graph(true, 1);
        graph.params().putScalar(0, Float.NaN);
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> ModelBundle.of(graph, TinyNetwork.draft(Map.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"timeMultiple\" : 2 | \"timeMultiple\" : 2000000000 | timeMultiple",
                "\"encoder\" : \"tiny\" | \"encoder\" : \"tiny\", \"encoder\" : \"other\" | Duplicate"
            })
    void harmfulManifestsAreRejected(String from, String to, String word) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> changed(bundle(1, 0), from, to))
                .withMessageContaining(word);
    }

    private static ModelBundle changed(ModelBundle bundle, String from, String to) {
        String json = new String(bundle.manifestBytes(), StandardCharsets.UTF_8);
        assertThat(json).contains(from);
        return ModelBundle.of(json.replace(from, to).getBytes(StandardCharsets.UTF_8), bundle.weightBytes());
    }

    @Test
    void theIdCoversAllInfluencesOnPredictions() {
        ComputationGraph graph = TinyNetwork.graph(true, 1);
        String id =
                ModelBundle.of(graph, TinyNetwork.draft(Map.of())).manifest().modelId();
        assertThat(id).matches("[0-9a-f]{16}");
        assertThat(ModelBundle.of(graph, TinyNetwork.draft(Map.of("uar", 0.5)))
                        .manifest()
                        .modelId())
                .isEqualTo(id);
        assertThat(bundle(2, 0).manifest().modelId()).isNotEqualTo(id);
        assertThat(ModelBundle.of(graph, TinyNetwork.draft(Map.of(), 1.6))
                        .manifest()
                        .modelId())
                .isNotEqualTo(id);
        graph.getParam("head_branch-0-logits-bias").putScalar(0, 1e-3);
        assertThat(ModelBundle.of(graph, TinyNetwork.draft(Map.of())).manifest().modelId())
                .isNotEqualTo(id);
    }

    @Test
    void anotherCalibrationIsAnotherModelWithTheSameNetwork() throws IOException {
        ModelBundle bundle = ModelBundle.of(TinyNetwork.graph(true, 1), TinyNetwork.draft(Map.of()));
        Calibrator calibrator = new Calibrator(2, List.of(0.5, 0.0, -0.5, 0.0, 0.0, 0.25, 0.0, 0.0));
        bundle.calibrated(calibrator, Set.of("calls:7", "ravdess:02"), "2026-01-01T00:00:00Z")
                .write(folder());
        ModelBundle read = ModelBundle.read(folder());

        assertThat(read.manifest().modelId()).isNotEqualTo(bundle.manifest().modelId());
        assertThat(read.manifest().calibrator()).isEqualTo(calibrator);
        assertThat(read.manifest().split())
                .isEqualTo(Map.of("ravdess:01", "train", "ravdess:02", "test", "calls:7", "validation"));
        List<Frames> clips = List.of(TinyNetwork.clip(9, 1));
        float[] raw = new EmotionModel(TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE)
                .probabilities(clips)
                .get(0);
        assertThat(read.open().probabilities(clips).get(0)).containsExactly(calibrator.apply(raw));
        assertThat(read.open().copy().probabilities(clips).get(0)).containsExactly(calibrator.apply(raw));
        // The same calibration gives the same model.
        assertThat(bundle.calibrated(Calibrator.of(1.5), Set.of(), "")
                        .manifest()
                        .modelId())
                .isEqualTo(bundle.manifest().modelId());
    }

    @Test
    void theIdDoesNotDependOnTheTimeOfWriting() throws Exception {
        ComputationGraph graph = TinyNetwork.graph(true, 1);
        ModelBundle first = ModelBundle.of(graph, TinyNetwork.draft(Map.of()));
        Thread.sleep(2100); // the times in a zip file are of two seconds
        ModelBundle second = ModelBundle.of(first.open().graph(), TinyNetwork.draft(Map.of()));
        assertThat(second.manifest().modelId()).isEqualTo(first.manifest().modelId());
    }

    @Test
    void permissionsAreThoseOfTheFolder() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        bundle(1, 0).write(folder());
        Path other = Files.createDirectory(parent.resolve("other"));
        assertThat(Files.getPosixFilePermissions(folder())).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void overwritingKeepsOtherFiles() throws IOException {
        bundle(1, 0).write(folder());
        Files.createDirectories(folder().resolve("notes"));
        Files.writeString(folder().resolve("notes/today.txt"), "mine");
        ModelBundle second = bundle(2, 1);
        second.write(folder());
        assertThat(ModelBundle.read(folder()).manifest()).isEqualTo(second.manifest());
        assertThat(names(folder())).containsExactlyInAnyOrder("model.json", "model.zip", "notes");
        assertThat(names(parent)).containsExactly("model");
        assertThat(folder().resolve("notes/today.txt")).hasContent("mine");
    }

    @Test
    void readersSeeTheOldOrTheNewBundle() throws Exception {
        List<ComputationGraph> graphs = List.of(TinyNetwork.graph(true, 1), TinyNetwork.graph(true, 2));
        ModelBundle.of(graphs.get(0), TinyNetwork.draft(Map.of("best_epoch", 0)))
                .write(folder());
        Set<String> written = new HashSet<>();
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Set<String>> reader = thread.submit(() -> {
                Set<String> seen = new HashSet<>();
                while (writing.get()) {
                    seen.add(ModelBundle.read(folder()).manifest().modelId());
                }
                return seen;
            });
            for (int i = 1; i <= 200 && !reader.isDone(); i++) {
                ModelBundle next = ModelBundle.of(graphs.get(i % 2), TinyNetwork.draft(Map.of("best_epoch", i)));
                next.write(folder());
                written.add(next.manifest().modelId());
            }
            writing.set(false);
            assertThat(reader.get()).isNotEmpty().isSubsetOf(written);
            assertThat(written).hasSize(2);
        } finally {
            thread.shutdownNow();
        }
        assertThat(names(folder())).containsExactlyInAnyOrder("model.json", "model.zip");
        assertThat(names(parent)).containsExactly("model");
    }

    @Test
    void aFailedWriteLeavesTheOldBundle() throws IOException {
        ModelBundle old = bundle(1, 0);
        old.write(folder());
        ModelBundle fresh = bundle(2, 1);
        // These are the files of a writer that stopped half-way, at every point where it can stop.
        Path staged = folder().resolve("." + fresh.manifest().files().get("model.zip") + ".model.zip");
        Files.write(staged, new byte[100]);
        assertThat(ModelBundle.read(folder()).manifest()).isEqualTo(old.manifest());
        Files.write(staged, fresh.weightBytes());
        Files.write(folder().resolve(".model.json"), new byte[100]);
        assertThat(ModelBundle.read(folder()).manifest()).isEqualTo(old.manifest());
        Files.write(folder().resolve("model.json"), fresh.manifestBytes());
        assertThat(ModelBundle.read(folder()).manifest()).isEqualTo(fresh.manifest());
        assertThat(ModelBundle.read(folder()).weightBytes()).isEqualTo(fresh.weightBytes());
        fresh.write(folder());
        assertThat(names(folder())).containsExactlyInAnyOrder("model.json", "model.zip");
    }

    private Path folder() {
        return parent.resolve("model");
    }

    private static ModelBundle bundle(long seed, int epoch) {
        return ModelBundle.of(TinyNetwork.graph(true, seed), TinyNetwork.draft(Map.of("best_epoch", epoch)));
    }

    private void refused(String... words) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> ModelBundle.read(folder()))
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).contains(words).doesNotContain("\n"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
