package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.live.Transcriber;
import org.speechemotion.live.WindowScorer;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.serve.ServeSettings;
import org.speechemotion.serve.ServedModel;
import org.speechemotion.serve.Service;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.RecognizerModel;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.scoring.ResultLines;

/** Runs the HTTP service. */
@AutoService(Job.class)
public final class ServeJob extends Job {
    /** The environment variable with the bearer token. */
    private static final String TOKEN = "EMOTION_TOKEN";

    @Override
    public String name() {
        return "serve";
    }

    @Override
    String purpose() {
        return "answers HTTP requests and live streams, and shows a page for browsers";
    }

    @Override
    Usage usage() {
        return Usage.requiring("model")
                .first(
                        "serve.host",
                        "serve.port",
                        "serve.allow-anonymous",
                        "serve.maximum-requests",
                        "serve.maximum-sockets",
                        "serve.maximum-bytes",
                        "serve.maximum-seconds",
                        "asr.path",
                        "asr.window-seconds",
                        "score.abstain-below",
                        "score.window-seconds",
                        "score.hop-seconds");
    }

    @Override
    Collection<String> keys() {
        return KeyGroups.and(
                KeyGroups.MODEL, KeyGroups.RECORDINGS, "serve", "asr", "score.abstain-below", "score.batch-size");
    }

    @Override
    Launcher launcher() {
        return Launcher.JAVA;
    }

    @Override
    int run(Settings settings) throws Exception {
        ServeSettings serve = settings.bind("serve", ServeSettings.class);
        Optional<String> token = Optional.ofNullable(System.getenv(TOKEN)).filter(text -> !text.isBlank());
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        Consumer<String> accessLog = System.err::println;
        try (Service service = new Service(serve, () -> open(settings), token, accessLog)) {
            Interruption.none(); // to stop it is its usual end
            say("listening at http://" + serve.host() + ":" + service.address().getPort() + "/");
            stop.await();
            say("stopping");
        } finally {
            stopped.countDown();
        }
        return DONE;
    }

    /** Opens the model, which may have changed on disk. */
    static ServedModel open(Settings settings) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return open(settings, opened);
        } catch (RuntimeException | Error failure) {
            // The service continues with its present model, and may be asked to open this one again and again.
            for (AutoCloseable resource : opened) {
                try {
                    resource.close();
                } catch (Exception e) {
                    failure.addSuppressed(e);
                }
            }
            throw failure;
        }
    }

    /** @param opened the collection that receives the resources that must be closed if this fails, the last one first */
    private static ServedModel open(Settings settings, Deque<AutoCloseable> opened) {
        TrainedModel model = TrainedModel.open(settings);
        RecordingSettings recordings = settings.bind("score", RecordingSettings.class);
        double abstainBelow = settings.number("score.abstain-below");
        int processors = Runtime.getRuntime().availableProcessors();
        Optional<Transcriber> transcriber = RecognizerModel.open(
                        settings, model.audio().sampleRate())
                .map(words -> new Transcriber(words.onThisMachine(), processors));
        transcriber.ifPresent(opened::push);
        Encoder encoder = Encoders.open(EncoderFolders.onThisMachine(model.encoder(), new Configuration()));
        opened.push(encoder);
        WindowScorer scorer =
                new WindowScorer(encoder, model.bundle()::open, settings.integer("score.batch-size"), processors);
        opened.push(scorer);
        BundleManifest manifest = model.bundle().manifest();
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("model_id", manifest.modelId());
        description.put("created", manifest.created());
        description.put("encoder", encoder.name());
        description.put("sample_rate", manifest.sampleRate());
        description.put("emotions", manifest.labels());
        description.put("window_s", recordings.windowSeconds());
        description.put("hop_s", recordings.hopSeconds());
        description.put("abstain_below", abstainBelow);
        description.put("words", transcriber.isPresent());
        return new ServedModel(
                description,
                manifest.emotions(),
                encoder,
                scorer,
                transcriber,
                model.audio(),
                recordings,
                ResultLines.json(manifest.modelId(), manifest.emotions(), abstainBelow, transcriber.isPresent())::line,
                abstainBelow);
    }
}
