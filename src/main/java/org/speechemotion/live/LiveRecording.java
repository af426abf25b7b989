package org.speechemotion.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.common.Result;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.ClipScore;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;

/**
 * A recording that is scored while its samples arrive, in pieces of any size. The result is that of {@link
 * org.speechemotion.scoring.RecordingScorer} for a file with the same samples. One thread feeds it; the scores come from the
 * threads of a {@link WindowScorer}, the words from those of a {@link Transcriber}. Events of a kind are in order for each
 * channel, come from any of these threads, and do not depend on the sizes of the pieces, except for what is skipped. Memory is
 * the windows and the audio that wait, and 4 bytes for every 10 ms of a channel.
 */
public final class LiveRecording implements SampleConsumer {
    private static final int STEPS_PER_SECOND = 10;

    private final RecordingSettings settings;
    private final int sampleRate;
    private final LiveSettings live;
    private final WindowScorer scorer;
    private final Optional<Transcriber> transcriber;
    private final Consumer<LiveEvent> events;
    private final CompletableFuture<Result<ScoredRecording>> result = new CompletableFuture<>();
    private final List<LiveChannel> channels = new ArrayList<>();
    private Optional<SourceFormat> format = Optional.empty();
    private final List<Transcript> transcripts = new ArrayList<>();
    private int waiting;
    private int transcribing;
    private int skipped;
    private boolean finite = true;
    private Runnable whenRoom = () -> {};

    /**
     * Begins a recording.
     *
     * @param sampleRate the sample rate in Hz
     * @param transcriber recognises the words of each channel, if it is present
     * @param events the consumer of the events; it must not wait
     */
    public LiveRecording(
            RecordingSettings settings,
            int sampleRate,
            LiveSettings live,
            WindowScorer scorer,
            Optional<Transcriber> transcriber,
            Consumer<LiveEvent> events) {
        this.settings = settings;
        this.sampleRate = sampleRate;
        this.live = live;
        this.scorer = scorer;
        this.transcriber = transcriber;
        this.events = events;
    }

    @Override
    public synchronized void begin(int count, long certain) {
        for (int i = 0; i < count; i++) {
            int channel = i;
            channels.add(new LiveChannel(
                    channel,
                    settings,
                    sampleRate,
                    (index, samples) -> window(channel, index, samples),
                    live.overload(),
                    transcriber.map(one -> one.begin(new Words(channel))),
                    this::emit));
        }
        if (transcriber.isPresent()) {
            transcribing = count;
            transcripts.addAll(Collections.nCopies(count, Transcript.EMPTY));
        }
    }

    @Override
    public synchronized void accept(int channel, float[] samples, int count) {
        if (result.isDone()) {
            return;
        }
        channels.get(channel).accept(samples, count, sampleRate / STEPS_PER_SECOND);
    }

    private void window(int channel, int index, float[] samples) {
        if (live.overload() == Overload.SKIP && waiting >= live.maxWaiting()) {
            skipped++;
            channels.get(channel).skipped(index);
            return;
        }
        waiting++;
        scorer.add(new WindowScorer.Task(this, samples, new WindowScorer.Answer() {
            @Override
            public void score(ClipScore score) {
                predicted(channel, index, score);
            }

            @Override
            public void failure(Throwable cause) {
                fail(cause);
            }
        }));
    }

    private void predicted(int channel, int index, ClipScore score) {
        advance(() -> {
            waiting--;
            if (score.isFinite()) {
                channels.get(channel).predicted(index, score);
            } else {
                finite = false;
            }
        });
    }

    /** Takes the result of another thread, unless the recording has ended. */
    private void advance(Runnable change) {
        Runnable resumed;
        synchronized (this) {
            if (result.isDone()) {
                return;
            }
            change.run();
            notifyAll();
            resumed = isFull() ? () -> {} : takeWhenRoom();
            endIfComplete();
        }
        resumed.run();
    }

    /** Takes the words of a channel. */
    private final class Words implements TranscribedChannel.Listener {
        private final int channel;

        Words(int channel) {
            this.channel = channel;
        }

        @Override
        public void words(List<Word> words) {
            advance(() -> emit(new LiveEvent.Words(channel, words)));
        }

        @Override
        public void skipped(double startSeconds, double endSeconds) {
            advance(() -> emit(new LiveEvent.WordsSkipped(channel, startSeconds, endSeconds)));
        }

        @Override
        public void finished(Transcript transcript) {
            advance(() -> {
                transcripts.set(channel, transcript);
                transcribing--;
            });
        }

        @Override
        public void failed(Throwable cause) {
            if (cause instanceof ArithmeticException) {
                advance(() -> {
                    finite = false;
                    transcribing--;
                });
            } else {
                fail(cause);
            }
        }

        @Override
        public void advanced() {
            advance(() -> {});
        }
    }

    /** Ends the recording, with the format of the whole or the reason of its rejection. */
    public synchronized void end(Result<SourceFormat> read) {
        if (read instanceof Result.Rejected<SourceFormat> rejected) {
            end(Result.<ScoredRecording>rejected(rejected.rejection()), skipped);
            return;
        }
        channels.forEach(LiveChannel::finish);
        format = Optional.of(read.orElseThrow());
        endIfComplete();
    }

    private void endIfComplete() {
        if (waiting == 0 && transcribing == 0) {
            format.ifPresent(whole -> end(
                    finite
                            ? Result.accepted(new ScoredRecording(
                                    channels.get(0).seconds(),
                                    whole,
                                    channels.stream().map(LiveChannel::timeline).toList(),
                                    List.copyOf(transcripts)))
                            : Result.rejected(ClipBatches.NOT_FINITE),
                    skipped));
        }
    }

    private void end(Result<ScoredRecording> scores, int count) {
        if (!result.isDone()) {
            discard();
            emit(new LiveEvent.End(scores, count));
            result.complete(scores);
            notifyAll();
        }
    }

    /** Ends the recording without a result, because its source is gone or the model failed. */
    public void fail(Throwable cause) {
        Runnable resumed;
        synchronized (this) {
            discard();
            result.completeExceptionally(cause);
            notifyAll();
            resumed = takeWhenRoom();
        }
        resumed.run();
    }

    /** Discards the waiting windows, which are no longer needed: sources may come and go faster than windows are computed. */
    private void discard() {
        channels.forEach(LiveChannel::cancel);
        scorer.discard(this);
    }

    /** Returns the scores, once the recording has ended; they are those of its {@link LiveEvent.End}. */
    public CompletableFuture<Result<ScoredRecording>> result() {
        return result;
    }

    /** Waits, if {@link Overload#WAIT} was chosen, until few enough windows and little enough audio are pending, so that memory stays bounded. */
    public synchronized void awaitRoom() throws InterruptedException {
        while (isFull() && !result.isDone()) {
            wait();
        }
    }

    /** Calls a task once, as soon as not too many windows and not too much audio wait: now, or later from another thread. */
    public void whenRoom(Runnable task) {
        synchronized (this) {
            if (isFull() && !result.isDone()) {
                whenRoom = task;
                return;
            }
        }
        task.run();
    }

    private boolean isFull() {
        return live.overload() == Overload.WAIT
                && (waiting >= live.maxWaiting() || channels.stream().anyMatch(LiveChannel::isFull));
    }

    private Runnable takeWhenRoom() {
        Runnable task = whenRoom;
        whenRoom = () -> {};
        return task;
    }

    private void emit(LiveEvent event) {
        events.accept(event);
    }
}
