package org.speechemotion.live;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.PcmFormat;
import org.speechemotion.audio.PcmStream;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Result;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;

/**
 * Raw PCM without an end, scored while it arrives. A stream that reaches the maximum length of a recording continues as the next
 * recording, so memory is bounded for ever: after a {@link LiveEvent.End} the times of events begin at 0 again. It is not thread-safe.
 */
public final class LiveStream {
    private final PcmFormat format;
    private final AudioSettings audio;
    private final RecordingSettings settings;
    private final LiveSettings live;
    private final WindowScorer scorer;
    private final Optional<Transcriber> transcriber;
    private final Consumer<LiveEvent> events;
    private final long maxBytes;
    private LiveRecording recording;
    private PcmStream pcm;
    private long bytes;
    private boolean ended;

    /**
     * Begins a stream.
     *
     * @param audio the sample rate of the encoder, and the minimum length of a recording
     * @param events the consumer of the events of all recordings; it must not wait
     * @throws RejectedException if the channels cannot be separated
     */
    public LiveStream(
            PcmFormat format,
            AudioSettings audio,
            RecordingSettings settings,
            LiveSettings live,
            WindowScorer scorer,
            Optional<Transcriber> transcriber,
            Consumer<LiveEvent> events)
            throws RejectedException {
        this.format = format;
        this.audio = settings.audio(audio);
        this.settings = settings;
        this.live = live;
        this.scorer = scorer;
        this.transcriber = transcriber;
        this.events = events;
        long maxFrames = (long) (settings.maximumSeconds() * format.sampleRate());
        maxBytes = maxFrames * format.frameBytes();
        begin();
    }

    private void begin() throws RejectedException {
        recording = new LiveRecording(settings, audio.sampleRate(), live, scorer, transcriber, events);
        pcm = new PcmStream(format, audio, settings.channels(), recording);
        bytes = 0;
    }

    /**
     * Takes the next bytes. An invalid sample ends the stream with a rejection; the rest is ignored.
     *
     * @param piece the bytes, which are read to the limit of the buffer
     */
    public void accept(ByteBuffer piece) {
        try {
            while (piece.hasRemaining() && !ended) {
                int length = (int) Math.min(piece.remaining(), maxBytes - bytes);
                pcm.accept(piece.slice(piece.position(), length));
                piece.position(piece.position() + length);
                bytes += length;
                if (bytes == maxBytes) {
                    recording.end(pcm.finish());
                    // Otherwise the next recording could end before this one.
                    recording.result().exceptionally(failure -> null).join();
                    begin();
                }
            }
        } catch (RejectedException rejected) {
            ended = true;
            recording.end(Result.rejected(rejected.rejection()));
        }
    }

    /** Waits until not too many windows wait, see {@link LiveRecording#awaitRoom}. */
    public void awaitRoom() throws InterruptedException {
        recording.awaitRoom();
    }

    /** Calls a task once, as soon as not too many windows wait, see {@link LiveRecording#whenRoom}. */
    public void whenRoom(Runnable task) {
        recording.whenRoom(task);
    }

    /** Ends the stream and returns the scores of its last recording, once they are known. */
    public CompletableFuture<Result<ScoredRecording>> finish() {
        if (!ended) {
            ended = true;
            recording.end(pcm.finish());
        }
        return recording.result();
    }

    /** Ends the stream without a result, because its source is gone. */
    public void cancel() {
        ended = true;
        recording.fail(new RejectedException(RejectionReason.UNREADABLE.rejection("the source of the audio is gone")));
    }
}
