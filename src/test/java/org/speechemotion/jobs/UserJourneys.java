package org.speechemotion.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.demo.DemoCorpus;

/**
 * The journeys of three users, from their first command to the last, in one process that runs every command once. Each
 * step checks the output that a newcomer, a researcher or an engineer reads. {@code target/journeys.txt} is the transcript.
 */
final class UserJourneys extends CommandRuns {
    private final Path corpus;

    private UserJourneys(Path folder) {
        super(folder);
        corpus = folder.resolve("corpus");
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("spark.master", "local[2]");
        UserJourneys commands = new UserJourneys(Path.of(arguments[0]));
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
        for (int speaker = 1; speaker <= 2; speaker++) {
            String name = "Actor_0" + speaker;
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
        return Files.writeString(folder.resolve("other/manifest.csv"), manifest).toString();
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
        execute(Job.DONE, new TrainJob(), key -> {}, with(small, ravdess, "run.label=second", test, "training.seed=2"));
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

    /** A manifest with three emotions of its own determines the emotions of the model, its reports and its scores. */
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
                execute(Job.WRONG_INPUT, new ScoreJob(), key -> {}, model, "input=" + clip, output("scores.parquet")),
                ".*emotions is neutral, calm, .*, surprised there and relaxed, very_urgent, happy here.*");
        requireLines(
                execute(Job.DONE, new InferJob(), key -> {}, model, "--json", clip.toString()),
                ".*\"probability_relaxed\":[0-9.E-]+,\"probability_very_urgent\":[0-9.E-]+,\"probability_happy\":[0-9.E-]+,.*");
        execute(Job.DONE, new LiveJob(), key -> {}, model, "input=" + clip, "live.real-time=false");
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

    private Path anyClip() throws IOException {
        try (Stream<Path> clips = Files.list(corpus.resolve("Actor_01"))) {
            return clips.findFirst().orElseThrow();
        }
    }
}
