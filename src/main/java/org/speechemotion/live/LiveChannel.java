package org.speechemotion.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.speechemotion.scoring.ChannelScore;
import org.speechemotion.scoring.ClipScore;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.Timeline;

/** A channel of a {@link LiveRecording}: its scores and its events. The recording calls it under its lock. */
final class LiveChannel {
    /** The time that decides whether someone speaks now, in s. */
    private static final double PRESENT_SECONDS = 0.5;

    private final int channel;
    private final double windowSeconds;
    private final ChannelScore scores;
    private final Consumer<LiveEvent> events;
    private final Overload overload;
    private final Optional<TranscribedChannel> words;
    /** The windows whose events have not been sent, in order. */
    private final Deque<Pending> pending = new ArrayDeque<>();

    private float[] piece = new float[0];
    private int filled;
    private boolean speaking;
    private boolean ended;

    LiveChannel(
            int channel,
            RecordingSettings settings,
            int sampleRate,
            ChannelScore.WindowConsumer windows,
            Overload overload,
            Optional<TranscribedChannel> words,
            Consumer<LiveEvent> events) {
        this.channel = channel;
        this.overload = overload;
        this.words = words;
        this.events = events;
        windowSeconds = settings.windowSeconds();
        scores = new ChannelScore(settings, sampleRate, (index, samples) -> {
            pending.add(new Pending(index, speechLevel()));
            windows.accept(index, samples);
        });
    }

    /** Takes the next {@code count} samples, in steps of equal length, so that events do not depend on the pieces. */
    void accept(float[] samples, int count, int step) {
        if (piece.length == 0) {
            piece = new float[step];
        }
        for (int taken = 0; taken < count; ) {
            int length = Math.min(count - taken, step - filled);
            System.arraycopy(samples, taken, piece, filled, length);
            taken += length;
            filled += length;
            if (filled == step) {
                pass();
            }
        }
    }

    private void pass() {
        words.ifPresent(one -> one.accept(piece, filled, overload));
        scores.accept(piece, filled);
        filled = 0;
        events.accept(new LiveEvent.Level(channel, scores.seconds(), scores.level()));
        double from = Math.max(0, scores.seconds() - PRESENT_SECONDS);
        boolean now = scores.speech(from, scores.seconds(), speechLevel());
        if (now != speaking) {
            speaking = now;
            events.accept(
                    now
                            ? new LiveEvent.SpeechStart(channel, from)
                            : new LiveEvent.SpeechEnd(channel, scores.seconds()));
        }
    }

    private double speechLevel() {
        return scores.speechLevel();
    }

    void finish() {
        ended = true;
        if (filled > 0) {
            pass();
        }
        scores.finish();
        words.ifPresent(TranscribedChannel::finish);
    }

    /** Ends the transcription, because there will be no result. */
    void cancel() {
        words.ifPresent(TranscribedChannel::cancel);
    }

    /** Returns whether too much audio waits to be transcribed. */
    boolean isFull() {
        return words.map(TranscribedChannel::isFull).orElse(false);
    }

    void predicted(int index, ClipScore score) {
        scores.predicted(index, score);
        find(index).score = Optional.of(score);
        sendReady();
    }

    void skipped(int index) {
        find(index).skipped = true;
        sendReady();
    }

    private Pending find(int index) {
        return pending.stream().filter(one -> one.index == index).findFirst().orElseThrow();
    }

    private void sendReady() {
        while (!pending.isEmpty() && pending.element().isReady()) {
            send(pending.remove());
        }
    }

    private void send(Pending window) {
        double start = scores.start(window.index);
        double end = Math.min(start + windowSeconds, scores.seconds());
        if (window.skipped) {
            events.accept(new LiveEvent.Skipped(channel, start, end));
        }
        window.score.ifPresent(score -> events.accept(new LiveEvent.Window(
                channel, start, end, scores.speech(start, end, window.speechLevel), score.probabilities())));
        // The last window and its segment may be shorter, and the final timeline follows at once.
        if (!window.last) {
            events.accept(new LiveEvent.Provisional(channel, scores.provisional(window.index, window.speechLevel)));
        }
    }

    double seconds() {
        return scores.seconds();
    }

    Timeline timeline() {
        return scores.timeline();
    }

    /** A window whose event has not been sent. */
    private final class Pending {
        private final int index;
        private final double speechLevel;
        private final boolean last = ended;
        private Optional<ClipScore> score = Optional.empty();
        private boolean skipped;

        Pending(int index, double speechLevel) {
            this.index = index;
            this.speechLevel = speechLevel;
        }

        boolean isReady() {
            return skipped || score.isPresent();
        }
    }
}
