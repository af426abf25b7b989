package org.speechemotion.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.demo.DemoSettings;
import org.speechemotion.demo.DemoSpeaker;
import org.speechemotion.spark.ml.SpeechEmotionClassifier;

/** Synthesised data and small models, with which the notebooks run anywhere. Existing files are not made again. */
public final class DemoData {
    /** The number of epochs of the demo's models. */
    public static final int EPOCHS = 6;

    private static final long SEED = 1;

    /** The settings of a run that suit synthesised voices, as in {@code conf/demo.conf}. */
    private static final String SETTINGS =
            """
            encoder.log-mel { normalization = clip, floor-decibels = 60 }
            augmentation.chain = []
            training.averaging-frequency = 4
            run.label = %s
            """;

    private DemoData() {}

    /** Returns a folder of 192 clips by 12 voices, named as RAVDESS names them, and one file that is not audio. */
    public static String corpus(String folder) throws IOException {
        Path corpus = Path.of(folder, "corpus");
        Path last = corpus.resolve("Actor_12/03-01-01-01-01-02-12.wav");
        if (!Files.exists(last)) {
            DemoCorpus.write(corpus, SEED);
            Files.writeString(last, "this is no audio");
        }
        return corpus.toString();
    }

    /**
     * Returns settings for {@link SpeechEmotionClassifier#setSettings}.
     *
     * @param label the name of the run
     */
    public static String settings(String label) {
        return SETTINGS.formatted(label);
    }

    /** Returns the folder of a run on voices 1 to 9. */
    public static String run(SparkSession session, String folder) throws IOException {
        return run(session, folder, "demo");
    }

    /**
     * Returns the folder of a run on voices 1 to 9.
     *
     * @param label the name of the run
     * @param settings more settings, as HOCON
     */
    public static String run(SparkSession session, String folder, String label, String... settings) throws IOException {
        Path run = Path.of(folder, "runs", "emotion", label);
        if (!Files.exists(run.resolve("model"))) {
            Dataset<Row> clips = Commands.catalog(session, "corpora.ravdess.path=" + corpus(folder))
                    .where("status = 'ok' and actor_id < 'ravdess:10'")
                    .select("path", "actor_id", "emotion");
            new SpeechEmotionClassifier()
                    .setLabelCol("emotion")
                    .setGroupCol("actor_id")
                    .setEpochs(EPOCHS)
                    .setBatchSize(8)
                    .setWorkers(2)
                    .setRunDirectory(Path.of(folder, "runs").toString())
                    .setSettings(settings(label) + String.join("\n", settings))
                    .fit(clips);
        }
        return run.toString();
    }

    /** Returns a folder of three short calls and one file that is not audio. */
    public static String archive(String folder) throws IOException {
        Path archive = Files.createDirectories(Path.of(folder, "archive"));
        List<Emotion> moods = List.of(Emotion.HAPPY, Emotion.ANGRY, Emotion.SAD);
        for (int call = 1; call <= moods.size(); call++) {
            Path file = archive.resolve("call-" + call + ".wav");
            if (!Files.exists(file)) {
                write(file, speech(20 * call, Map.of(0, Emotion.NEUTRAL, 1, moods.get(call - 1))));
            }
        }
        Files.writeString(archive.resolve("notes.wav"), "this is no audio");
        return archive.toString();
    }

    /**
     * Returns a recording in which the emotion changes every minute.
     *
     * @param minutes its length, from 1 on
     */
    public static String recording(String folder, int minutes) throws IOException {
        Path file = Path.of(folder, "recording-" + minutes + ".wav");
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            write(file, speech(60 * minutes, Map.of(0, Emotion.ANGRY, 1, Emotion.SAD, 2, Emotion.HAPPY)));
        }
        return file.toString();
    }

    /** Utterances by one voice, with pauses, whose emotions take equal parts of the time, in turn and at most a minute each. */
    private static List<float[]> speech(int seconds, Map<Integer, Emotion> turns) {
        DemoSpeaker speaker = DemoSpeaker.of(11, SEED);
        long turn = Math.min(60L, Math.max(1, seconds / turns.size())) * DemoSettings.SAMPLE_RATE;
        List<float[]> parts = new ArrayList<>();
        long length = 0;
        for (int i = 0; length < (long) seconds * DemoSettings.SAMPLE_RATE; i++) {
            Emotion emotion = turns.get((int) (length / turn % turns.size()));
            parts.add(DemoCorpus.utterance(speaker, emotion, 1 + i % DemoSettings.STATEMENTS, i, SEED));
            // A breath after each utterance, and a longer pause after every eighth.
            parts.add(new float[DemoSettings.SAMPLE_RATE * (i % 8 == 7 ? 3 : 1) / 2]);
            length += parts.get(parts.size() - 2).length + parts.get(parts.size() - 1).length;
        }
        return parts;
    }

    private static void write(Path file, List<float[]> parts) throws IOException {
        int length = parts.stream().mapToInt(part -> part.length).sum();
        float[] samples = new float[length];
        int position = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, samples, position, part.length);
            position += part.length;
        }
        Files.write(file, WavWriter.write(new Waveform(samples, DemoSettings.SAMPLE_RATE)));
    }
}
