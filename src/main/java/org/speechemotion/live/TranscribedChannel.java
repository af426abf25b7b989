package org.speechemotion.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.speechemotion.asr.Recognition;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;

/**
 * A channel that is transcribed while it arrives. Its memory is bounded by the waiting audio and by the window of the recogniser. The
 * transcript is that of the whole channel, unless audio was skipped: then the words before and after the gap are recognised
 * separately. One thread feeds it.
 */
final class TranscribedChannel {
    private static final int MAX_WAITING_SECONDS = 30;

    private final SpeechRecognizer recognizer;
    private final Transcriber transcriber;
    private final Listener listener;
    private final int maxWaiting;

    // The waiting audio; guarded by this object.
    private Deque<Piece> waiting = new ArrayDeque<>();
    private int waitingSamples;
    private long heard;
    private long skippedFrom = -1;
    private boolean scheduled;
    private boolean ended;
    private boolean cancelled;

    // The state of the recognition, used by one thread at a time.
    private final List<Word> words = new ArrayList<>();
    private Recognition recognition;
    private long begin;
    private long taken;
    private double sentSeconds;

    /** Takes news of a channel from other threads, without a lock of the channel. Times are in s from its beginning. */
    interface Listener {
        /** Takes words that are complete. */
        void words(List<Word> words);

        /** Takes the span of audio that was not transcribed, because too much waited. */
        void skipped(double startSeconds, double endSeconds);

        /** Takes the whole transcript; nothing else follows. */
        void finished(Transcript transcript);

        /** Takes the reason why there will be no transcript; nothing else follows. */
        void failed(Throwable cause);

        /** Tells that less audio waits. */
        void advanced();
    }

    /**
     * Samples that wait.
     *
     * @param start the position of the first one in the channel
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(long start, float[] samples) {}

    TranscribedChannel(SpeechRecognizer recognizer, Transcriber transcriber, Listener listener) {
        this.recognizer = recognizer;
        this.transcriber = transcriber;
        this.listener = listener;
        maxWaiting = MAX_WAITING_SECONDS * recognizer.sampleRate();
        recognition = recognizer.begin();
    }

    /**
     * Takes the next {@code count} samples.
     *
     * @param overload with {@link Overload#SKIP} samples are skipped from when too many wait until none does
     */
    void accept(float[] samples, int count, Overload overload) {
        if (!add(samples, count, overload)) {
            closed();
        }
    }

    private synchronized boolean add(float[] samples, int count, Overload overload) {
        boolean open = true;
        boolean skips = overload == Overload.SKIP && (skippedFrom >= 0 ? waitingSamples > 0 : isFull());
        if (skips) {
            skippedFrom = skippedFrom < 0 ? heard : skippedFrom;
        } else {
            skippedFrom = -1;
            waiting.add(new Piece(heard, Arrays.copyOf(samples, count)));
            waitingSamples += count;
            open = schedule();
        }
        heard += count;
        return open;
    }

    /** Returns whether too many samples wait. */
    synchronized boolean isFull() {
        return waitingSamples >= maxWaiting;
    }

    /** Ends the channel; its transcript follows. */
    void finish() {
        boolean open;
        synchronized (this) {
            ended = true;
            open = schedule();
        }
        if (!open) {
            closed();
        }
    }

    /** Ends the channel without a transcript. */
    synchronized void cancel() {
        cancelled = true;
        waiting.clear();
        waitingSamples = 0;
    }

    /** Starts a thread; returns false if none is left. The caller holds the lock. */
    private boolean schedule() {
        if (scheduled || cancelled) {
            return true;
        }
        scheduled = true;
        return transcriber.run(this::advance);
    }

    private void closed() {
        cancel();
        listener.failed(new CancellationException("the transcriber is closed"));
    }

    /** Recognises the waiting audio, and gives the thread to the next channel. */
    private void advance() {
        Deque<Piece> pieces;
        boolean last;
        long end;
        synchronized (this) {
            pieces = waiting;
            waiting = new ArrayDeque<>();
            last = ended;
            end = heard;
        }
        try {
            for (Piece piece : pieces) {
                if (isCancelled()) {
                    return;
                }
                recognise(piece);
            }
            if (last) {
                skipTo(end);
                endPart();
                listener.finished(new Transcript(words));
                return;
            }
        } catch (RuntimeException | Error failure) {
            cancel();
            listener.failed(failure);
            return;
        }
        boolean open;
        synchronized (this) {
            scheduled = false;
            open = (waiting.isEmpty() && !ended) || schedule();
        }
        if (!open) {
            closed();
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private void recognise(Piece piece) {
        if (piece.start > taken) {
            skipTo(piece.start);
            endPart();
            begin = piece.start;
            recognition = recognizer.begin();
        }
        taken = piece.start + piece.samples.length;
        if (recognition.accept(piece.samples, piece.samples.length)) {
            List<Word> soFar = recognition.soFar().shifted(seconds(begin)).words();
            send(soFar.subList(0, Math.max(0, soFar.size() - 1)));
        }
        synchronized (this) {
            waitingSamples -= piece.samples.length;
        }
        listener.advanced();
    }

    private void skipTo(long position) {
        if (position > taken) {
            listener.skipped(seconds(taken), seconds(position));
        }
    }

    /** Ends the recognition of the audio up to a gap or to the end. */
    private void endPart() {
        List<Word> part = recognition.finish().shifted(seconds(begin)).words();
        send(part);
        words.addAll(part);
    }

    /** Sends the words that follow the ones that were sent. */
    private void send(List<Word> found) {
        List<Word> more = found.stream()
                .filter(word -> word.startSeconds() >= sentSeconds)
                .toList();
        if (!more.isEmpty()) {
            sentSeconds = more.get(more.size() - 1).endSeconds();
            listener.words(more);
        }
    }

    private double seconds(long samples) {
        return (double) samples / recognizer.sampleRate();
    }
}
