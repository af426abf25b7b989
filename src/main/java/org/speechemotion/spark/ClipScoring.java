package org.speechemotion.spark;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.infer.ClipScorer;
import org.speechemotion.infer.Recording;
import org.speechemotion.infer.Score;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.ModelBundle;

/**
 * Scores clips in the tasks of a cluster: archives by the job, rows of tables by Spark ML. The model travels once, and an
 * executor opens it once for each task that it runs at a time.
 */
public final class ClipScoring implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ClipPipeline pipeline;
    private final Broadcast<byte[][]> model;
    private final String modelKey;
    private final int batchSize;
    private final boolean embeddings;

    /**
     * Sends a model to the executors.
     *
     * @param pipeline with the settings of the bundle's own encoder
     * @param batchSize most clips that are predicted together
     * @param embeddings whether scores have the mean of what the encoder gives
     */
    public ClipScoring(
            JavaSparkContext context, ModelBundle bundle, ClipPipeline pipeline, int batchSize, boolean embeddings) {
        BundleManifest manifest = bundle.manifest();
        this.pipeline = pipeline;
        this.model = context.broadcast(new byte[][] {bundle.manifestBytes(), bundle.weightBytes()});
        this.modelKey = manifest.files().get(ModelBundle.WEIGHTS) + " " + manifest.timeMultiple() + " "
                + manifest.temperature();
        this.batchSize = batchSize;
        this.embeddings = embeddings;
    }

    /** In a task: one score for each path, lazily, in the same order. */
    public Iterator<Score> paths(Iterator<String> paths) {
        return scorer().score(paths);
    }

    /** In a task: one score for each recording, lazily, in the same order. */
    public Iterator<Score> recordings(Iterator<Recording> recordings) {
        return scorer().recordings(recordings);
    }

    /** In a task: what reads recordings. */
    public ClipReader reader() {
        return pipeline.reader();
    }

    private ClipScorer scorer() {
        return new ClipScorer(
                pipeline.reader(),
                pipeline.encoder(),
                OpenModels.forTask(modelKey, () -> ModelBundle.of(model.value()[0], model.value()[1])
                        .open()),
                batchSize,
                embeddings);
    }
}
