package org.speechemotion.infer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;
import org.speechemotion.model.EmotionModel;

/**
 * Scores files: read, decode, encode, predict. The single clip, the cluster's tasks and the rows of a table go this same
 * way. Not thread-safe.
 */
public final class ClipScorer {
    private final ClipReader reader;
    private final ClipBatches batches;
    private final EmotionModel model;
    private final boolean withEmbeddings;

    /**
     * Puts the pieces together.
     *
     * @param batchSize most clips that are predicted together
     * @param withEmbeddings whether scores have the mean of what the encoder gives
     */
    public ClipScorer(ClipReader reader, Encoder encoder, EmotionModel model, int batchSize, boolean withEmbeddings) {
        this.reader = reader;
        this.batches = new ClipBatches(encoder, batchSize);
        this.model = model;
        this.withEmbeddings = withEmbeddings;
    }

    /** One score for each path, lazily, in the same order. */
    public Iterator<Score> score(Iterator<String> paths) {
        return recordings(map(paths, path -> new Recording(path, reader.read(path))));
    }

    /** One score for each recording, lazily, in the same order. */
    public Iterator<Score> recordings(Iterator<Recording> recordings) {
        return map(batches.run(recordings, this::predict), ClipScorer::score);
    }

    private List<Prediction> predict(List<Frames> frames) {
        List<float[]> probabilities = model.probabilities(frames);
        List<float[]> embeddings = withEmbeddings ? model.embeddings(frames) : List.of();
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            predictions.add(new Prediction(
                    probabilities.get(i), withEmbeddings ? Optional.of(embeddings.get(i)) : Optional.empty()));
        }
        return predictions;
    }

    private static Score score(Outcome<Prediction> outcome) {
        if (outcome instanceof Outcome.Done<Prediction> done) {
            Prediction prediction = done.result();
            return new Score.Scored(
                    done.path(), done.durationSeconds(), prediction.probabilities(), prediction.embedding());
        }
        Outcome.Rejected<Prediction> rejected = (Outcome.Rejected<Prediction>) outcome;
        return new Score.Rejected(rejected.path(), rejected.reason(), rejected.message());
    }

    private static <A, B> Iterator<B> map(Iterator<A> from, Function<A, B> function) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return from.hasNext();
            }

            @Override
            public B next() {
                return function.apply(from.next());
            }
        };
    }

    @SuppressWarnings("ArrayRecordComponent") // on its way, compared by nobody
    private record Prediction(float[] probabilities, Optional<float[]> embedding) {}
}
