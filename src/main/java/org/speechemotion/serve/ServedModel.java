package org.speechemotion.serve;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.common.Result;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.live.Transcriber;
import org.speechemotion.live.WindowScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;

/** An open model with its resources. It is closed when it has been replaced and its last user is done. It is thread-safe. */
public final class ServedModel {
    private final Map<String, Object> description;
    private final EmotionSet emotions;
    private final Encoder encoder;
    private final WindowScorer scorer;
    private final Optional<Transcriber> transcriber;
    private final AudioSettings audio;
    private final RecordingSettings recordings;
    private final ResultFormat format;
    private final double abstainBelow;
    private int users = 1;

    /** Formats the result of a recording as a JSON object. */
    @FunctionalInterface
    public interface ResultFormat {
        String json(String name, Result<ScoredRecording> result);
    }

    /**
     * Takes over resources that the service closes later.
     *
     * @param description the answer to {@code GET /v1/model}; it has the key {@code model_id}
     * @param emotions the emotions of the model
     * @param scorer uses the encoder
     * @param transcriber recognises words, if it is present
     * @param audio the sample rate of the encoder, and the minimum length of a recording
     * @param recordings the settings of windows and channels
     * @param abstainBelow the confidence below which an answer is uncertain
     */
    public ServedModel(
            Map<String, Object> description,
            EmotionSet emotions,
            Encoder encoder,
            WindowScorer scorer,
            Optional<Transcriber> transcriber,
            AudioSettings audio,
            RecordingSettings recordings,
            ResultFormat format,
            double abstainBelow) {
        this.description = description;
        this.emotions = emotions;
        this.encoder = encoder;
        this.scorer = scorer;
        this.transcriber = transcriber;
        this.audio = audio;
        this.recordings = recordings;
        this.format = format;
        this.abstainBelow = abstainBelow;
    }

    Map<String, Object> description() {
        return description;
    }

    EmotionSet emotions() {
        return emotions;
    }

    WindowScorer scorer() {
        return scorer;
    }

    Optional<Transcriber> transcriber() {
        return transcriber;
    }

    AudioSettings audio() {
        return audio;
    }

    RecordingSettings recordings() {
        return recordings;
    }

    ResultFormat format() {
        return format;
    }

    double abstainBelow() {
        return abstainBelow;
    }

    /** Begins a use; returns false if the model is closed. */
    synchronized boolean acquire() {
        users += users > 0 ? 1 : 0;
        return users > 0;
    }

    /** Ends a use, or the time for which the service offers the model. */
    void release() {
        synchronized (this) {
            users--;
            if (users > 0) {
                return;
            }
        }
        // Not in the thread of the caller, which may be one of the scorer's.
        Stream<AutoCloseable> opened = Stream.concat(transcriber.stream(), Stream.of(scorer, encoder));
        Thread closing = new Thread(() -> opened.forEach(ServedModel::close), "model-closer");
        closing.setDaemon(true);
        closing.start();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
