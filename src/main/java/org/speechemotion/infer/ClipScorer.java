package org.speechemotion.infer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.speechemotion.audio.ClipSource;
import org.speechemotion.audio.Decoding;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;
import org.speechemotion.model.EmotionModel;

/**
 * Scores files: read, decode, encode, predict. Files are taken a window at a time and batched by length within it, so
 * little is padded and memory stays bounded however many files there are. The single clip and the cluster's tasks go
 * this same way. Not thread-safe.
 */
public final class ClipScorer {
    private static final int BATCHES_PER_WINDOW = 4;
    /** Of audio that a window may hold before it is scored. */
    private static final double WINDOW_SECONDS = 600;
    /** Of frames that a batch may hold, padding included: a batch of long clips is smaller. */
    private static final int BATCH_FRAMES = 60_000;

    private final ClipSource reader;
    private final Encoder encoder;
    private final EmotionModel model;
    private final int batchSize;
    private final boolean withEmbeddings;

    /**
     * Puts the pieces together.
     *
     * @param batchSize most clips that are predicted together
     * @param withEmbeddings whether scores have the mean of what the encoder gives
     */
    public ClipScorer(ClipSource reader, Encoder encoder, EmotionModel model, int batchSize, boolean withEmbeddings) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch-size is " + batchSize + ": allowed is 1 or more");
        }
        this.reader = reader;
        this.encoder = encoder;
        this.model = model;
        this.batchSize = batchSize;
        this.withEmbeddings = withEmbeddings;
    }

    /** One score for each path, lazily, in no particular order. */
    public Iterator<Score> score(Iterator<String> paths) {
        Deque<Score> ready = new ArrayDeque<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                while (ready.isEmpty() && paths.hasNext()) {
                    scoreWindow(paths, ready);
                }
                return !ready.isEmpty();
            }

            @Override
            public Score next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return ready.remove();
            }
        };
    }

    private void scoreWindow(Iterator<String> paths, Deque<Score> ready) {
        List<Clip> clips = new ArrayList<>();
        double seconds = 0;
        long most = (long) BATCHES_PER_WINDOW * batchSize;
        // Rejections count too: a folder of a million other files must not be held in memory.
        while (paths.hasNext() && clips.size() + ready.size() < most && seconds < WINDOW_SECONDS) {
            String path = paths.next();
            Decoding decoding = reader.read(path);
            if (decoding instanceof Decoding.Audio audio) {
                clips.add(new Clip(
                        path,
                        audio.waveform().durationSeconds(),
                        audio.waveform().samples()));
                seconds += audio.waveform().durationSeconds();
            } else if (decoding instanceof Decoding.Rejection rejection) {
                ready.add(new Score.Rejected(path, rejection.reason(), rejection.message()));
            }
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
            predict(clips.subList(start, end), ready);
            start = end;
        }
    }

    private void predict(List<Clip> batch, Deque<Score> ready) {
        List<Frames> frames = encoder.encode(batch.stream().map(Clip::samples).toList());
        List<float[]> probabilities = model.probabilities(frames);
        List<float[]> embeddings = withEmbeddings ? model.embeddings(frames) : List.of();
        for (int i = 0; i < batch.size(); i++) {
            Clip clip = batch.get(i);
            ready.add(new Score.Scored(
                    clip.path(),
                    clip.seconds(),
                    probabilities.get(i),
                    withEmbeddings ? Optional.of(embeddings.get(i)) : Optional.empty()));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // on its way, compared by nobody
    private record Clip(String path, double seconds, float[] samples) {}
}
