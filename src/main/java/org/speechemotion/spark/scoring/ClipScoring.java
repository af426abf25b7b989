package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.util.Iterator;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.common.Result;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.ClipScore;
import org.speechemotion.scoring.ClipScorer;
import org.speechemotion.scoring.SpeedViews;
import org.speechemotion.spark.clips.ClipPipeline;

/**
 * Scores clips, each as a whole, in the tasks of a cluster: the rows of Spark ML's tables. An executor opens the model once for
 * each task that it runs at a time.
 */
public final class ClipScoring implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ClipPipeline pipeline;
    private final BroadcastModel model;
    private final int batchSize;
    private final boolean embeddings;
    private final SpeedViews views;

    /**
     * Creates the scoring of clips by a model.
     *
     * @param pipeline the pipeline, with the settings of the model's own encoder
     * @param batchSize the maximum number of clips that are predicted together
     * @param embeddings whether scores have an embedding
     */
    public ClipScoring(
            BroadcastModel model, ClipPipeline pipeline, int batchSize, boolean embeddings, SpeedViews views) {
        this.pipeline = pipeline;
        this.model = model;
        this.batchSize = batchSize;
        this.embeddings = embeddings;
        this.views = views;
    }

    /** Returns one score for each clip that was read, lazily and in the same order; called in a task. */
    public Iterator<Result<ClipScore>> decoded(Iterator<Result<DecodedAudio>> clips) {
        return scorer().decoded(clips);
    }

    /** Returns the reader of clips; called in a task. */
    public ClipReader reader() {
        return pipeline.reader();
    }

    private ClipScorer scorer() {
        return new ClipScorer(
                pipeline.reader(),
                ClipBatches.predicting(pipeline.encoder(), model.forTask(), batchSize, embeddings, views));
    }
}
