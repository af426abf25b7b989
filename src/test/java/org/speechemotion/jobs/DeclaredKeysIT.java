package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.plugin.Plugins;

/**
 * The keys that each command declares, and that its help lists, against those that it reads while it runs. The commands run
 * in a process of their own, because each of them closes its Spark session.
 */
class DeclaredKeysIT {
    /** A model decides them, or {@code score.maximum-seconds} and {@code score.maximum-bytes} replace them. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("audio.maximum-seconds", "audio.maximum-bytes", "encoder.distribute");

    private static final Set<String> SCORING = Set.of("score", "stream", "infer");

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

    private static String classPath() {
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

        private Commands(Path folder) {
            this.folder = folder;
            corpus = folder.resolve("corpus");
        }

        public static void main(String[] arguments) throws Exception {
            System.setProperty("spark.master", "local[2]");
            Commands commands = new Commands(Path.of(arguments[0]));
            commands.runAll();
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
            run(new CatalogJob(), ravdess, output("catalog.parquet"));
            run(new TrainJob(), small, ravdess, "run.label=first", "split.test=[\"ravdess:01\"]");
            run(new CrossValidateJob(), small, ravdess, "run.label=cross", "split.folds=2", "split.validation-ratio=0");
            run(new FeaturesJob(), ravdess, "features.views=1", "run.directory=" + folder + "/runs");
            run(new EvaluateJob(), model, ravdess, output("evaluation.json"));
            String manifest = otherCorpus();
            execute(
                    Job.DONE,
                    new EvaluateJob(),
                    key -> {},
                    model,
                    "corpora.manifest.path=" + manifest,
                    "evaluate.labels.calm=neutral",
                    output("elsewhere"));
            if (!Files.isRegularFile(folder.resolve("elsewhere/report.html"))) {
                differences.add("evaluate wrote no page");
            }
            run(
                    new CrossCorpusJob(),
                    small,
                    ravdess,
                    "cross-corpus.corpora.other=" + manifest,
                    "run.label=corpora",
                    "split.validation-ratio=0");
            run(new CheckJob(), model, "input=" + folder.resolve("other/Actor_01"), output("check.json"));
            run(new CalibrateJob(), model, "corpora.manifest.path=" + manifest, output("calibrated"));
            run(new RobustnessJob(), model, ravdess, output("robustness.json"));
            run(new ScoreJob(), model, "input=" + corpus + "/Actor_01", output("scores.parquet"));
            run(new InferJob(), "model=" + folder.resolve("calibrated"), clip.toString());
            run(new AugmentJob(), clip.toString(), output("views"), "count=1");
            run(new SplitSoundsJob(), "input=" + corpus, output("lists"));
            run(new CompareJob(), folder + "/runs/emotion/first", output("compare.svg"));
            run(new DemoJob(), small, "demo.directory=" + folder.resolve("demo"), "run.label=demo");
            // Nobody listens there, but every key is read before the command notices.
            expect(
                    Job.FAILED,
                    new FetchEncoderJob(),
                    "owner/name",
                    folder + "/encoder",
                    "fetch.endpoint=http://127.0.0.1:9",
                    "fetch.attempts=1");
            stream(model);
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
                                            Emotion.ofLabel(Integer.parseInt(clip.getFileName()
                                                                    .toString()
                                                                    .substring(6, 8))
                                                            - 1)
                                                    .id())));
                }
            }
            return Files.writeString(folder.resolve("other/manifest.csv"), manifest)
                    .toString();
        }

        private Path anyClip() throws IOException {
            try (Stream<Path> clips = Files.list(corpus.resolve("Actor_01"))) {
                return clips.findFirst().orElseThrow();
            }
        }

        private String output(String name) {
            return "output=" + folder.resolve(name);
        }

        private void run(Job job, String[] first, String... more) throws IOException {
            run(job, Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new));
        }

        private void run(Job job, String... words) throws IOException {
            expect(Job.DONE, job, words);
        }

        private void expect(int exit, Job job, String... words) throws IOException {
            Set<String> read = new ConcurrentSkipListSet<>();
            execute(exit, job, read::add, words);
            compare(job, read);
        }

        private void execute(int exit, Job job, Consumer<String> observer, String... words) {
            ByteArrayOutputStream console = new ByteArrayOutputStream();
            PrintStream print = new PrintStream(console, true, StandardCharsets.UTF_8);
            int code = job.execute(words, print, print, observer);
            if (code != exit) {
                differences.add(job.name() + " ended with " + code + ": " + console.toString(StandardCharsets.UTF_8));
            }
        }

        /** It runs until the process ends. */
        private void stream(String model) throws Exception {
            StreamJob job = new StreamJob();
            Set<String> read = new ConcurrentSkipListSet<>();
            ByteArrayOutputStream console = new ByteArrayOutputStream();
            PrintStream print = new PrintStream(console, true, StandardCharsets.UTF_8);
            String[] words = {
                model, "input=" + Files.createDirectories(folder.resolve("incoming")), output("streamed.parquet")
            };
            Thread thread = new Thread(() -> job.execute(words, print, print, read::add));
            thread.setDaemon(true);
            thread.start();
            while (thread.isAlive() && !console.toString(StandardCharsets.UTF_8).contains("waiting for files")) {
                Thread.sleep(50);
            }
            if (!thread.isAlive()) {
                differences.add("stream ended: " + console.toString(StandardCharsets.UTF_8));
            }
            compare(job, read);
        }

        private void compare(Job job, Set<String> read) {
            ran.add(job.name());
            for (String key : read) {
                boolean ignored = SCORING.contains(job.name()) && WITHOUT_EFFECT.contains(key);
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
