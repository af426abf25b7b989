package org.speechemotion.infer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.speechemotion.audio.ClipSource;
import org.speechemotion.audio.Decoding;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.model.EmotionModel;

/**
 * Scores files: read, decode, encode, predict. Files are taken a window at a time and batched by length within it, so
 * little is padded and memory stays bounded however many files there are. The single clip and the cluster's tasks go
 * this same way. Not thread-safe.
 */
public final class ClipScorer {
    private final ClipSource reader;
    private final ClipBatches batches;

    /**
     * Puts the pieces together.
     *
     * @param batchSize most clips that are predicted together
     * @param withEmbeddings whether scores have the mean of what the encoder gives
     */
    public ClipScorer(ClipSource reader, Encoder encoder, EmotionModel model, int batchSize, boolean withEmbeddings) {
        this.reader = reader;
        batches = new ClipBatches(encoder, model, batchSize, withEmbeddings);
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
        // Rejections count too: a folder of a million other files must not be held in memory.
        while (paths.hasNext() && clips.size() + ready.size() < batches.clips() && seconds < ClipBatches.SECONDS) {
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
        List<ClipBatches.Prediction> predictions =
                batches.predict(clips.stream().map(Clip::samples).toList());
        for (int i = 0; i < clips.size(); i++) {
            Clip clip = clips.get(i);
            ready.add(new Score.Scored(
                    clip.path(),
                    clip.seconds(),
                    predictions.get(i).probabilities(),
                    predictions.get(i).embedding()));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // on its way, compared by nobody
    private record Clip(String path, double seconds, float[] samples) {}
}
