package org.speechemotion.infer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.speechemotion.audio.Decoding;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;

/**
 * Encodes recordings, and has something made of their frames. They are taken a window at a time and batched by length
 * within it, so little is padded and memory stays bounded however many there are; they come out in the order in which they
 * went in. Not thread-safe.
 */
public final class ClipBatches {
    private static final int BATCHES_PER_WINDOW = 4;
    /** Of audio that a window may hold before it is encoded. */
    private static final double WINDOW_SECONDS = 600;
    /** Of frames that a batch may hold, padding included: a batch of long clips is smaller. */
    private static final int BATCH_FRAMES = 60_000;

    private final Encoder encoder;
    private final int batchSize;

    /**
     * Batches for an encoder.
     *
     * @param batchSize most clips of a batch
     */
    public ClipBatches(Encoder encoder, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch-size is " + batchSize + ": allowed is 1 or more");
        }
        this.encoder = encoder;
        this.batchSize = batchSize;
    }

    /**
     * One outcome for each recording, lazily, in the same order.
     *
     * @param then makes one result of each clip's frames, a batch at a time
     */
    public <R> Iterator<Outcome<R>> run(Iterator<Recording> recordings, Function<List<Frames>, List<R>> then) {
        Deque<Outcome<R>> ready = new ArrayDeque<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (ready.isEmpty() && recordings.hasNext()) {
                    ready.addAll(window(recordings, then));
                }
                return !ready.isEmpty();
            }

            @Override
            public Outcome<R> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return ready.remove();
            }
        };
    }

    private <R> List<Outcome<R>> window(Iterator<Recording> recordings, Function<List<Frames>, List<R>> then) {
        List<Outcome<R>> outcomes = new ArrayList<>();
        List<Clip> clips = new ArrayList<>();
        double seconds = 0;
        long most = (long) BATCHES_PER_WINDOW * batchSize;
        // Rejections count too: a folder of a million other files must not be held in memory.
        while (outcomes.size() < most && seconds < WINDOW_SECONDS && recordings.hasNext()) {
            Recording recording = recordings.next();
            Outcome<R> outcome = null;
            if (recording.decoding() instanceof Decoding.Audio audio) {
                clips.add(new Clip(
                        outcomes.size(),
                        recording.path(),
                        audio.waveform().durationSeconds(),
                        audio.waveform().samples()));
                seconds += audio.waveform().durationSeconds();
            } else if (recording.decoding() instanceof Decoding.Rejection rejection) {
                outcome = new Outcome.Rejected<>(recording.path(), rejection.reason(), rejection.message());
            }
            outcomes.add(outcome);
        }
        clips.sort(Comparator.comparingInt(clip -> clip.samples().length));
        int start = 0;
        while (start < clips.size()) {
            int end = start + 1;
            while (end < clips.size()
                    && end - start < batchSize
                    && (end + 1 - start) * (long) encoder.frames(clips.get(end).samples().length) <= BATCH_FRAMES) {
                end++;
            }
            List<Clip> batch = clips.subList(start, end);
            List<R> results =
                    then.apply(encoder.encode(batch.stream().map(Clip::samples).toList()));
            for (int i = 0; i < batch.size(); i++) {
                Clip clip = batch.get(i);
                outcomes.set(clip.place(), new Outcome.Done<>(clip.path(), clip.seconds(), results.get(i)));
            }
            start = end;
        }
        return outcomes;
    }

    @SuppressWarnings("ArrayRecordComponent") // on its way, compared by nobody
    private record Clip(int place, String path, double seconds, float[] samples) {}
}
