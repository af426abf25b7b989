package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.ScoringBindings;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.stream.ScoringStream;
import org.speechemotion.spark.stream.StreamSettings;

/** Scores files as they arrive. */
@AutoService(Job.class)
public final class StreamJob extends Job {
    /** The priority of the shutdown hook, which must run before that of Spark, with priority 40. */
    private static final int FIRST = 100;

    private volatile boolean ended;

    @Override
    public String name() {
        return "stream";
    }

    @Override
    String purpose() {
        return "scores audio files as they arrive in a folder, until it is stopped";
    }

    @Override
    Collection<String> keys() {
        return KeyGroups.and(ScoreJob.KEYS, "stream");
    }

    @Override
    Usage usage() {
        return Usage.requiring("model", "input", "output")
                .first(Stream.concat(
                                Stream.of("stream.every-seconds", "stream.settle-seconds"), Stream.of(ScoreJob.FIRST))
                        .toArray(String[]::new))
                .meaning("input", "The folder or glob that is watched for new files.")
                .meaning("output", ScoreJob.OUTPUT);
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        String input = settings.required("input");
        String output = settings.required("output");
        StreamSettings watching = settings.bind("stream", StreamSettings.class);
        try (SparkSession session = SparkSessions.open(name());
                ScoringStream stream = ScoringStream.start(
                        session,
                        ScoringBindings.run(session, model, settings, this::progress),
                        watching,
                        input,
                        output,
                        this::progress)) {
            ShutdownHookManager.get().addShutdownHook(() -> stop(stream), FIRST);
            Interruption.none(); // the hook says how the stream ended
            say("waiting for files in " + input + "; scores: " + output);
            try {
                stream.await();
            } finally {
                ended = true;
            }
        }
        return DONE;
    }

    /** Stops the stream when the JVM is ended from outside. */
    private void stop(ScoringStream stream) {
        if (ended) {
            return;
        }
        try {
            stream.close();
            say("stopped; the same command continues");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
