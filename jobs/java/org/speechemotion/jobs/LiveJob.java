package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.audio.PcmFormat;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Result;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.live.LiveEvent;
import org.speechemotion.live.LiveRecording;
import org.speechemotion.live.LiveSettings;
import org.speechemotion.live.LiveStream;
import org.speechemotion.live.MicrophoneInput;
import org.speechemotion.live.Overload;
import org.speechemotion.live.PacedSamples;
import org.speechemotion.live.Transcriber;
import org.speechemotion.live.WindowScorer;
import org.speechemotion.scoring.LocalAudio;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.bindings.RecognizerModel;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.clips.EncoderFolders;

/** Scores a microphone, a file or raw PCM in real time. */
@AutoService(Job.class)
public final class LiveJob extends Job {
    private static final String STANDARD_INPUT = "-";
    private static final String MICROPHONE = "microphone";
    /** The time that a stopped command has for its summary, in ms. */
    private static final long STOP_MILLISECONDS = 10_000;
    /** The length of a piece of raw PCM, in parts of a second. */
    private static final int PIECES_PER_SECOND = 20;

    private volatile boolean stopped;

    @Override
    public String name() {
        return "live";
    }

    @Override
    String purpose() {
        return "scores a microphone, or a file at its own pace, in real time";
    }

    @Override
    Usage usage() {
        return Usage.requiring("model")
                .first(
                        "input",
                        "output",
                        "asr.path",
                        "asr.window-seconds",
                        "live.device",
                        "live.real-time",
                        "live.format",
                        "live.sample-rate",
                        "live.channels",
                        "score.abstain-below",
                        "score.window-seconds",
                        "score.hop-seconds")
                .meaning("input", "File to hear, or - for raw PCM on the standard input; \"\" for the microphone.")
                .meaning("output", "File for the scores, .csv, .json or .jsonl.");
    }

    @Override
    Collection<String> keys() {
        return KeyGroups.and(
                KeyGroups.MODEL, KeyGroups.RECORDINGS, "input", "output", "live", "asr", "score.abstain-below");
    }

    @Override
    Launcher launcher() {
        return Launcher.JAVA;
    }

    /** The settings of the section {@code live}. */
    record Live(
            String device, PcmFormat.Encoding format, int sampleRate, int channels, boolean realTime, int maxWaiting) {
        PcmFormat pcm() {
            try {
                return new PcmFormat(format, sampleRate, channels);
            } catch (IllegalArgumentException e) {
                throw new SettingsException("live: " + e.getMessage(), e);
            }
        }
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        Live live = settings.bind("live", Live.class);
        RecordingSettings recordings = settings.bind("score", RecordingSettings.class);
        Optional<RecognizerModel> words =
                RecognizerModel.open(settings, model.audio().sampleRate());
        String input = settings.optionalString("input").orElse("");
        String name = input.isEmpty() ? MICROPHONE : input;
        double abstainBelow = settings.number("score.abstain-below");
        Optional<Consumer<Result<ScoredRecording>>> table = settings.optionalString("output")
                .map(path -> ResultFile.create(
                        Path.of(path), model.bundle().manifest(), abstainBelow, words.isPresent(), name));
        boolean terminal = Boolean.getBoolean("emotion.terminal");
        LiveView view =
                new LiveView(System.err, terminal, model.bundle().manifest().emotions(), abstainBelow);
        // A pipe waits, so nothing of the standard input needs to be skipped.
        boolean waits = input.equals(STANDARD_INPUT) || (!input.isEmpty() && !live.realTime());
        LiveSettings limits = new LiveSettings(waits ? Overload.WAIT : Overload.SKIP, live.maxWaiting());
        int[] exit = {DONE};
        Consumer<LiveEvent> events = event -> {
            view.show(event);
            if (event instanceof LiveEvent.End end) {
                table.ifPresent(one -> one.accept(end.result()));
                exit[0] = summarise(view, name, end) ? exit[0] : WRONG_INPUT;
            }
        };
        Interruption.none(); // it ends with the summary
        Thread hook = stopHook(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(hook);
        try (Encoder encoder = Encoders.open(EncoderFolders.onThisMachine(model.encoder(), new Configuration()));
                WindowScorer scorer = new WindowScorer(encoder, model.bundle()::open, live.maxWaiting(), 1);
                Transcriber opened = words.map(one -> new Transcriber(one.onThisMachine(), 1))
                        .orElse(null)) {
            Optional<Transcriber> transcriber = Optional.ofNullable(opened);
            if (input.isEmpty() || input.equals(STANDARD_INPUT)) {
                raw(
                        input,
                        live,
                        format ->
                                new LiveStream(format, model.audio(), recordings, limits, scorer, transcriber, events));
            } else {
                LiveRecording recording =
                        new LiveRecording(recordings, model.audio().sampleRate(), limits, scorer, transcriber, events);
                file(input, recording, new AudioDecoder(recordings.audio(model.audio())), recordings, live.realTime());
            }
        } finally {
            stopped = true;
        }
        return exit[0];
    }

    /** Ends the command when the JVM is ended from outside, and waits for its summary. */
    private Thread stopHook(Thread command) {
        return new Thread(() -> {
            if (!stopped) {
                stopped = true;
                command.interrupt();
                try {
                    command.join(STOP_MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    private interface Opener {
        LiveStream open(PcmFormat format) throws RejectedException;
    }

    /** Scores the microphone, or raw PCM on the standard input. */
    private void raw(String input, Live live, Opener opener) throws Exception {
        LiveStream stream;
        if (input.isEmpty()) {
            try (MicrophoneInput microphone = MicrophoneInput.open(live.device(), live.channels())) {
                stream = opener.open(microphone.format());
                int frames = microphone.format().sampleRate() / PIECES_PER_SECOND;
                byte[] piece = new byte[frames * microphone.format().frameBytes()];
                for (int count = 0; count >= 0 && !stopped; count = microphone.read(piece)) {
                    stream.accept(ByteBuffer.wrap(piece, 0, count));
                }
            }
        } else {
            stream = opener.open(live.pcm());
            try (FileInputStream in = new FileInputStream(FileDescriptor.in);
                    FileChannel channel = in.getChannel()) {
                ByteBuffer piece = ByteBuffer.allocate(
                        live.sampleRate() / PIECES_PER_SECOND * live.pcm().frameBytes());
                while (!stopped && channel.read(piece.clear()) >= 0) {
                    stream.accept(piece.flip());
                    stream.awaitRoom();
                }
            } catch (ClosedByInterruptException | InterruptedException stop) {
                stopped = true;
            }
        }
        await(stream.finish());
    }

    /** Scores a file, in real time or as fast as possible. */
    private void file(
            String input, LiveRecording recording, AudioDecoder decoder, RecordingSettings recordings, boolean realTime)
            throws Exception {
        PacedSamples pace = new PacedSamples(recording, decoder.settings().sampleRate(), realTime, () -> stopped);
        Result<SourceFormat> format;
        try (AudioSource.Opened opened = new LocalAudio().open(input, recordings.maximumBytes())) {
            format = decoder.decode(opened.stream(), opened.length(), input, recordings.channels(), pace);
        } catch (CancellationException stop) {
            format = Result.accepted(pace.heard());
        }
        recording.end(format);
        await(recording.result());
    }

    private static void await(Future<Result<ScoredRecording>> result) throws Exception {
        Thread.interrupted(); // the command was told to stop; its summary still comes
        try {
            result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Prints the summary of a recording; returns whether it was scored. */
    private boolean summarise(LiveView view, String name, LiveEvent.End end) {
        if (end.result() instanceof Result.Rejected<ScoredRecording> rejected) {
            System.err.println(rejected.rejection().line(name));
            return false;
        }
        view.summary(name, end.result().orElseThrow()).forEach(this::say);
        if (end.skipped() > 0) {
            say("  " + end.skipped() + " windows were skipped, because the scoring did not keep up");
        }
        return true;
    }
}
