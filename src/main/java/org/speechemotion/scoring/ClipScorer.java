package org.speechemotion.scoring;

import java.util.Iterator;
import java.util.function.Function;
import org.speechemotion.audio.ClipSource;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.model.EmotionModel;

/**
 * Scores files, each as one clip: read, decode, encode, predict. The single clip, the cluster's tasks and the rows of a
 * table go this same way. Not thread-safe.
 */
public final class ClipScorer {
    private final ClipSource reader;
    private final ClipBatches<ClipBatches.Prediction> batches;

    /**
     * Puts the pieces together.
     *
     * @param batchSize most clips that are predicted together
     * @param withEmbeddings whether scores have an embedding
     */
    public ClipScorer(ClipSource reader, Encoder encoder, EmotionModel model, int batchSize, boolean withEmbeddings) {
        this.reader = reader;
        batches = ClipBatches.predicting(encoder, model, batchSize, withEmbeddings);
    }

    /** One score for each path, lazily, in the same order. */
    public Iterator<Score> score(Iterator<String> paths) {
        return decoded(map(paths, path -> new DecodedClip(path, reader.read(path))));
    }

    /** One score for each clip that somebody else has read, lazily, in the same order. */
    public Iterator<Score> decoded(Iterator<DecodedClip> clips) {
        return map(new ClipStream<>(clips, batches), ClipScorer::score);
    }

    private static Score score(Outcome<ClipBatches.Prediction> outcome) {
        if (outcome instanceof Outcome.Done<ClipBatches.Prediction> done) {
            ClipBatches.Prediction prediction = done.result();
            return new Score.Scored(
                    done.path(), done.durationSeconds(), prediction.probabilities(), prediction.embedding());
        }
        Outcome.Rejected<ClipBatches.Prediction> rejected = (Outcome.Rejected<ClipBatches.Prediction>) outcome;
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
}
