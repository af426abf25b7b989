package org.speechemotion.scoring;

import java.util.Iterator;
import org.speechemotion.audio.ClipSource;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.common.Result;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.model.EmotionModel;

/**
 * Scores files, each as one clip: reads, decodes, encodes and predicts. Single clips, the tasks of a cluster and the rows of a
 * table are all scored in this way. It is not thread-safe.
 */
public final class ClipScorer {
    private final ClipSource reader;
    private final ClipBatches<ClipScore> batches;

    /**
     * Creates a scorer.
     *
     * @param batchSize the maximum number of clips that are predicted together
     * @param withEmbeddings whether scores have an embedding
     */
    public ClipScorer(ClipSource reader, Encoder encoder, EmotionModel model, int batchSize, boolean withEmbeddings) {
        this(reader, ClipBatches.predicting(encoder, model, batchSize, withEmbeddings));
    }

    /** Creates a scorer with the batches of {@link ClipBatches#predicting}. */
    public ClipScorer(ClipSource reader, ClipBatches<ClipScore> batches) {
        this.reader = reader;
        this.batches = batches;
    }

    /** Reads and scores files, lazily; returns one result for each path, in the same order. */
    public Iterator<Result<ClipScore>> score(Iterator<String> paths) {
        return decoded(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return paths.hasNext();
            }

            @Override
            public Result<DecodedAudio> next() {
                return reader.read(paths.next());
            }
        });
    }

    /** Scores clips that the caller has read, lazily; returns one result for each, in the same order. */
    public Iterator<Result<ClipScore>> decoded(Iterator<Result<DecodedAudio>> clips) {
        return new ClipStream<>(clips, batches);
    }
}
