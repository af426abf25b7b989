package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.common.Result;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.scoring.ClipScore;
import org.speechemotion.scoring.ClipScorer;
import org.speechemotion.spark.clips.ClipPipeline;

/**
 * Scores clips, each as a whole, in the tasks of a cluster: the rows of Spark ML's tables. The model travels once, and an
 * executor opens it once for each task that it runs at a time.
 */
public final class ClipScoring implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ClipPipeline pipeline;
    private final SentModel model;
    private final int batchSize;
    private final boolean embeddings;

    /**
     * Sends a model to the executors.
     *
     * @param pipeline with the settings of the bundle's own encoder
     * @param batchSize most clips that are predicted together
     * @param embeddings whether scores have an embedding
     */
    public ClipScoring(
            JavaSparkContext context, ModelBundle bundle, ClipPipeline pipeline, int batchSize, boolean embeddings) {
        this.pipeline = pipeline;
        this.model = SentModel.of(context, bundle);
        this.batchSize = batchSize;
        this.embeddings = embeddings;
    }

    /** In a task: one score for each clip that was read, lazily, in the same order. */
    public Iterator<Result<ClipScore>> decoded(Iterator<Result<DecodedAudio>> clips) {
        return scorer().decoded(clips);
    }

    /** In a task: what reads clips. */
    public ClipReader reader() {
        return pipeline.reader();
    }

    private ClipScorer scorer() {
        return new ClipScorer(pipeline.reader(), pipeline.encoder(), model.forTask(), batchSize, embeddings);
    }
}
