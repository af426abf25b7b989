package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.plugin.Plugins;

/**
 * The journeys of three users, from their first command to the last, in one process that runs every command once: what a newcomer,
 * a researcher and an engineer read at the end of each step; and the keys that each command declares, and that its help lists,
 * against those that it reads. The process is not that of the test, because each command closes its Spark session.
 * {@code target/journeys.txt} is the transcript.
 */
class DeclaredKeysIT {
    /**
     * A model decides them, or {@code score.maximum-seconds} and {@code score.maximum-bytes} replace them; {@code export} opens a
     * model without audio.
     */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("audio.maximum-seconds", "audio.maximum-bytes", "encoder.distribute");

    private static final Set<String> SCORING =
            Set.of("score", "stream", "infer", "live", "serve", "compare-precision", "export");

    @TempDir
    private Path folder;

    @Test
    void everyCommandDeclaresTheKeysThatItReads() throws Exception {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-cp", classPath(), Commands.class.getName(), folder.toString()));
        Path log = folder.resolve("log.txt");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readAllLines(folder.resolve("ran")))
                .containsExactlyInAnyOrderElementsOf(
                        Plugins.all(Job.class).stream().map(Job::name).toList());
        assertThat(Files.readAllLines(folder.resolve("differences"))).isEmpty();
    }

    static String classPath() {
        return DeclaredKeysIT.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    /** Runs every command on a small corpus and writes down what differs. */
    static final class Commands {
        private final Path folder;
        private final Path corpus;
        private final List<String> ran = new ArrayList<>();
        private final List<String> differences = new ArrayList<>();
        private final StringBuilder transcript = new StringBuilder();

        private Commands(Path folder) {
            this.folder = folder;
            corpus = folder.resolve("corpus");
        }

        public static void main(String[] arguments) throws Exception {
            System.setProperty("spark.master", "local[2]");
            Commands commands = new Commands(Path.of(arguments[0]));
            commands.runAll();
            Files.createDirectories(Path.of("target"));
            Files.writeString(Path.of("target/journeys.txt"), commands.transcript);
            Files.write(commands.folder.resolve("ran"), commands.ran);
            Files.write(commands.folder.resolve("differences"), commands.differences);
            System.exit(0);
        }

        private void runAll() throws Exception {
            DemoCorpus.write(folder.resolve("all"), 3);
            for (int speaker = 1; speaker <= 4; speaker++) {
                Files.createDirectories(corpus);
                Files.move(folder.resolve("all/Actor_0" + speaker), corpus.resolve("Actor_0" + speaker));
            }
            String ravdess = "corpora.ravdess.path=" + corpus;
            String model = "model=" + folder.resolve("runs/emotion/first/model");
            String[] small = {
                "training.epochs=1",
                "network.context.width=8",
                "network.hidden-width=8",
                "run.directory=" + folder + "/runs"
            };
            Path clip = anyClip();
            newcomer(small, clip);
            researcher(small, ravdess, model);
            engineer(model, clip);
            ownEmotions(small, ravdess, clip);
            run(new FeaturesJob(), ravdess, "features.views=1", "run.directory=" + folder + "/runs");
            String manifest = folder.resolve("other/manifest.csv").toString();
            run(new CheckJob(), model, "input=" + folder.resolve("other/Actor_01"), output("check.json"));
            run(new CalibrateJob(), model, "corpora.manifest.path=" + manifest, output("calibrated"));
            run(new RobustnessJob(), model, ravdess, output("robustness.json"));
            execute(Job.DONE, new InferJob(), key -> {}, "model=" + folder.resolve("calibrated"), clip.toString());
            run(new LiveJob(), model, "input=" + clip, "live.real-time=false", output("live.jsonl"));
            run(new AugmentJob(), clip.toString(), output("views"), "count=1");
            run(new SplitSoundsJob(), "input=" + corpus, output("lists"));
            run(new CompletionJob(), "bash");
            run(new ExportJob(), model, output("model.onnx"));
            // The default encoder has no matrices, but every key is read before the command notices.
            expect(Job.WRONG_INPUT, new ComparePrecisionJob(), model, "input=" + clip);
            // Nobody listens there, but every key is read before the command notices.
            expect(
                    Job.FAILED,
                    new FetchEncoderJob(),
                    "owner/name",
                    folder + "/encoder",
                    "fetch.endpoint=http://127.0.0.1:9",
                    "fetch.attempts=1");
            runUntil(
                    "waiting for files",
                    new StreamJob(),
                    model,
                    "input=" + Files.createDirectories(folder.resolve("incoming")),
                    output("streamed.parquet"));
            runUntil("listening at", new ServeJob(), model, "serve.port=0");
        }

        /** Writes a corpus of other speakers. */
        private String otherCorpus() throws IOException {
            DemoCorpus.write(folder.resolve("other"), 4);
            StringBuilder manifest = new StringBuilder("path,actor_id,emotion\n");
            for (int actor = 1; actor <= 2; actor++) {
                String name = "Actor_0" + actor;
                try (Stream<Path> clips = Files.list(folder.resolve("other").resolve(name))) {
                    clips.sorted()
                            .limit(24)
                            .forEach(clip -> manifest.append("%s/%s,%s,%s%n"
                                    .formatted(
                                            name,
                                            clip.getFileName(),
                                            name,
                                            EmotionSet.EIGHT
                                                    .ofLabel(Integer.parseInt(clip.getFileName()
                                                                    .toString()
                                                                    .substring(6, 8))
                                                            - 1)
                                                    .id())));
                }
            }
            return Files.writeString(folder.resolve("other/manifest.csv"), manifest)
                    .toString();
        }

        /** The demo says what to do next, and that works. */
        private void newcomer(String[] small, Path clip) throws IOException {
            String demo = run(new DemoJob(), small, "demo.directory=" + folder.resolve("demo"), "run.label=demo");
            Path run = folder.resolve("runs/emotion/demo");
            requireLines(
                    demo,
                    "Next: open " + run + "/report.html in a browser, .*",
                    "  scripts/emotion infer model=" + run + " your.wav");
            requireFiles(run, "report.html", "model/MODEL_CARD.md");
            requireLines(
                    run(new InferJob(), "model=" + run, clip.toString()),
                    clip + ": .*  \\(\\d\\.\\d s\\)",
                    "  \\w+ +0\\.\\d\\d  █+");
        }

        /** A figure that can be published, and the comparison of two settings. */
        private void researcher(String[] small, String ravdess, String model) throws IOException {
            run(new CatalogJob(), ravdess, output("catalog.parquet"));
            String test = "split.test=ravdess:01";
            requireLines(
                    run(new TrainJob(), small, ravdess, "run.label=first", test),
                    "test side:",
                    "16 clips by 1 speaker; .*",
                    "model: .*/runs/emotion/first/model");
            execute(
                    Job.DONE,
                    new TrainJob(),
                    key -> {},
                    with(small, ravdess, "run.label=second", test, "training.seed=2"));
            requireLines(
                    run(new EvaluateJob(), model, ravdess, output("evaluation.json")),
                    "test side of model .*",
                    "16 clips by 1 speaker; .*");
            requireLines(
                    run(
                            new CrossValidateJob(),
                            small,
                            ravdess,
                            "run.label=cross",
                            "split.folds=2",
                            "split.validation-ratio=0",
                            "training.seeds=[1,2]"),
                    "seed 2",
                    "fold 1: UAR .* % on \\[ravdess:0\\d, ravdess:0\\d\\], in \\d+ s",
                    "UAR of 2 seeds: mean .* %, standard deviation .*");
            Path cross = folder.resolve("runs/emotion/cross");
            requireFiles(cross, "seeds.csv", "seed-1/report.html", "seed-1/figures/confusion.svg", "seed-2/folds.csv");
            requireLines(
                    run(
                            new CompareJob(),
                            folder + "/runs/emotion/first",
                            folder + "/runs/emotion/second",
                            cross + "/seed-1",
                            output("compare.svg")),
                    "emotion/second +\\d.*",
                    "cross/seed-1 +\\d.*",
                    "paired over speakers, .*",
                    "training.seed +42 +2 +1");
            String manifest = otherCorpus();
            execute(
                    Job.DONE,
                    new EvaluateJob(),
                    key -> {},
                    model,
                    "corpora.manifest.path=" + manifest,
                    "evaluate.labels.calm=neutral",
                    output("elsewhere"));
            requireFiles(folder, "elsewhere/report.html");
            run(
                    new CrossCorpusJob(),
                    small,
                    ravdess,
                    "cross-corpus.corpora.other=" + manifest,
                    "run.label=corpora",
                    "split.validation-ratio=0");
        }

        /** A manifest with three emotions of its own decides what the model, its reports and its scores have. */
        private void ownEmotions(String[] small, String ravdess, Path clip) throws IOException {
            Path manifest = folder.resolve("own.csv");
            Files.writeString(
                    manifest,
                    Files.readString(folder.resolve("other/manifest.csv"))
                            .replace("Actor_", "other/Actor_")
                            .replaceAll("(?m)^(other.*),other/(Actor_\\d+),(neutral|calm|sad)$", "$1,$2,relaxed")
                            .replaceAll("(?m)^(other.*),other/(Actor_\\d+),(angry|fearful)$", "$1,$2,Very urgent")
                            .replaceAll("(?m)^(other.*),other/(Actor_\\d+),(\\w+)$", "$1,$2,$3"));
            String[] corpus = {
                "corpora.manifest.path=" + manifest,
                "corpora.emotions=[relaxed,very_urgent,happy]",
                "corpora.manifest.labels.disgust=\"\"",
                "corpora.manifest.labels.surprised=happy"
            };
            requireLines(
                    execute(
                            Job.DONE,
                            new TrainJob(),
                            key -> {},
                            with(with(small, corpus), "run.label=own", "split.test=manifest:Actor_02")),
                    "training clips by emotion: relaxed \\d+, very_urgent \\d+, happy \\d+",
                    "true / predicted +relaxed +very_urgent +happy");
            Path run = folder.resolve("runs/emotion/own");
            String model = "model=" + run;
            requireLines(
                    Files.readString(run.resolve("predictions.csv")),
                    "path,actor_id,emotion,predicted,probability_relaxed,probability_very_urgent,probability_happy,side");
            requireLines(
                    execute(Job.DONE, new EvaluateJob(), key -> {}, with(corpus, model)),
                    "test side of model .*",
                    "very_urgent +\\d.*");
            requireLines(
                    execute(
                            Job.DONE,
                            new EvaluateJob(),
                            key -> {},
                            model,
                            ravdess,
                            "evaluate.labels.angry=very_urgent",
                            "evaluate.labels.calm=relaxed"),
                    "emotions: relaxed, very_urgent, happy; chance 33.3 %",
                    "merged: angry = very_urgent, calm = relaxed",
                    "left out: .* of surprised, which the model was not trained on .*");
            execute(Job.DONE, new ScoreJob(), key -> {}, model, "input=" + clip, output("own-scores.csv"));
            requireLines(
                    text(folder.resolve("own-scores.csv")),
                    "path,status,.*,probability_relaxed,probability_very_urgent,probability_happy,model_id,.*");
            requireLines(
                    execute(
                            Job.WRONG_INPUT,
                            new ScoreJob(),
                            key -> {},
                            model,
                            "input=" + clip,
                            output("scores.parquet")),
                    ".*emotions is neutral, calm, .*, surprised there and relaxed, very_urgent, happy here.*");
            requireLines(
                    execute(Job.DONE, new InferJob(), key -> {}, model, "--json", clip.toString()),
                    ".*\"probability_relaxed\":[0-9.E-]+,\"probability_very_urgent\":[0-9.E-]+,\"probability_happy\":[0-9.E-]+,.*");
            execute(Job.DONE, new LiveJob(), key -> {}, model, "input=" + clip, "live.real-time=false");
        }

        private static String text(Path table) throws IOException {
            try (Stream<Path> files = Files.walk(table)) {
                return files.filter(file -> file.toString().endsWith(".csv"))
                        .filter(Files::isRegularFile)
                        .map(Commands::lines)
                        .collect(Collectors.joining("\n"));
            }
        }

        private static String lines(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** An archive of calls becomes a table, once. */
        private void engineer(String model, Path clip) throws IOException {
            Path calls = Files.createDirectories(folder.resolve("calls"));
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(calls.resolve("calls.zip")))) {
                zip.putNextEntry(new ZipEntry("monday/a.wav"));
                zip.write(Files.readAllBytes(clip));
                zip.putNextEntry(new ZipEntry("monday/notes.txt"));
                zip.write("no audio".getBytes(StandardCharsets.UTF_8));
            }
            String[] score = {model, "input=" + calls, output("scores.parquet"), "score.acoustics=true"};
            requireLines(
                    run(new ScoreJob(), score),
                    "2 listed = 1 scored \\+ 1 rejected \\{unsupported=1\\} \\+ 0 skipped",
                    "1 file rejected:",
                    "by emotion:",
                    "  rejected +1 +50.0 %  ██████████");
            requireLines(
                    execute(Job.DONE, new ScoreJob(), key -> {}, score),
                    "2 listed = 0 scored \\+ 0 rejected \\+ 2 skipped",
                    "  rejected +1 +50.0 %  ██████████");
            requireLines(
                    execute(Job.DONE, new CheckJob(), key -> {}, model, "table=" + folder.resolve("scores.parquet")),
                    "1 recording compared with .* clips that model .* was trained on");
            requireLines(
                    run(new TimelinesJob(), "table=" + folder.resolve("scores.parquet"), "format=rttm", output("rttm")),
                    "1 timeline: .*/rttm/rttm");
            requireLines(
                    execute(Job.WRONG_INPUT, new InferJob(), key -> {}, model, "--json", calls.toString()),
                    "\\{\"path\":\".*calls.zip!/monday/a.wav\",\"status\":\"ok\",.*",
                    "\\{\"path\":\".*calls.zip!/monday/notes.txt\",\"status\":\"rejected\",.*");
        }

        private static String[] with(String[] first, String... more) {
            return Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new);
        }

        /** Notes each pattern that no line of a command's output matches. */
        private void requireLines(String console, String... patterns) {
            for (String pattern : patterns) {
                if (console.lines().noneMatch(line -> line.matches(pattern))) {
                    differences.add("no line is " + pattern + ":\n" + console);
                }
            }
        }

        private void requireFiles(Path directory, String... names) {
            for (String name : names) {
                if (!Files.isRegularFile(directory.resolve(name))) {
                    differences.add(directory + " lacks " + name);
                }
            }
        }

        private Path anyClip() throws IOException {
            try (Stream<Path> clips = Files.list(corpus.resolve("Actor_01"))) {
                return clips.findFirst().orElseThrow();
            }
        }

        private String output(String name) {
            return "output=" + folder.resolve(name);
        }

        private String run(Job job, String[] first, String... more) throws IOException {
            return run(job, with(first, more));
        }

        private String run(Job job, String... words) throws IOException {
            return expect(Job.DONE, job, words);
        }

        private String expect(int exit, Job job, String... words) throws IOException {
            Set<String> read = new ConcurrentSkipListSet<>();
            String console = execute(exit, job, read::add, words);
            compare(job, read);
            return console;
        }

        private String execute(int exit, Job job, Consumer<String> observer, String... words) {
            ByteArrayOutputStream console = new ByteArrayOutputStream();
            PrintStream print = new PrintStream(console, true, StandardCharsets.UTF_8);
            int code = job.execute(words, print, print, observer);
            if (code != exit) {
                differences.add(job.name() + " ended with " + code + ": " + console.toString(StandardCharsets.UTF_8));
            }
            String text = console.toString(StandardCharsets.UTF_8);
            transcript.append("$ emotion ").append(job.name()).append(' ').append(String.join(" ", words));
            transcript.append('\n').append(text).append('\n');
            return text;
        }

        /** Runs a command that ends with the process, until it says something. */
        private void runUntil(String said, Job job, String... words) throws InterruptedException {
            Set<String> read = new ConcurrentSkipListSet<>();
            ByteArrayOutputStream console = new ByteArrayOutputStream();
            PrintStream print = new PrintStream(console, true, StandardCharsets.UTF_8);
            Thread thread = new Thread(() -> job.execute(words, print, print, read::add));
            thread.setDaemon(true);
            thread.start();
            while (thread.isAlive() && !console.toString(StandardCharsets.UTF_8).contains(said)) {
                Thread.sleep(50);
            }
            if (!thread.isAlive()) {
                differences.add(job.name() + " ended: " + console.toString(StandardCharsets.UTF_8));
            }
            compare(job, read);
        }

        private void compare(Job job, Set<String> read) {
            ran.add(job.name());
            for (String key : read) {
                boolean ignored = (SCORING.contains(job.name()) && WITHOUT_EFFECT.contains(key))
                        || (job.name().equals("export") && key.startsWith("audio."));
                if (!ignored && job.keys().stream().noneMatch(declared -> isIn(key, declared))) {
                    differences.add(job.name() + " reads " + key + ", which it does not declare");
                }
            }
            for (String declared : job.keys()) {
                if (read.stream().noneMatch(key -> isIn(key, declared))) {
                    differences.add(job.name() + " declares " + declared + ", which it does not read");
                }
            }
        }

        private static boolean isIn(String key, String declared) {
            return key.equals(declared) || key.startsWith(declared + ".");
        }
    }
}
