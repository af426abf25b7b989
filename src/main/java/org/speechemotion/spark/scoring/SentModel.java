package org.speechemotion.spark.scoring;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.ModelBundle;

/**
 * A model on its way to the executors.
 *
 * @param contentSha256 of all bytes that are sent
 * @param files the bytes of {@code model.json} and {@code model.zip}
 */
record SentModel(String contentSha256, Broadcast<byte[][]> files) implements Serializable {

    static SentModel of(JavaSparkContext context, ModelBundle bundle) {
        return new SentModel(
                bundle.contentSha256(), context.broadcast(new byte[][] {bundle.manifestBytes(), bundle.weightBytes()}));
    }

    /** A model for the running task; see {@link OpenModels}. */
    EmotionModel forTask() {
        return OpenModels.forTask(contentSha256, () -> ModelBundle.of(files.value()[0], files.value()[1])
                .open());
    }

    /** Frees it everywhere. */
    void destroy() {
        files.destroy();
    }
}
