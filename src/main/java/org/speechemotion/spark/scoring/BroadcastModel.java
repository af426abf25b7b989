package org.speechemotion.spark.scoring;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.ModelBundle;

/**
 * A trained model that was broadcast to the executors.
 *
 * @param contentSha256 the SHA-256 of all bytes that were broadcast
 * @param files the bytes of {@code model.json} and {@code model.zip}
 */
public record BroadcastModel(String contentSha256, Broadcast<byte[][]> files) implements Serializable {

    /** Broadcasts a model. */
    public static BroadcastModel of(JavaSparkContext context, ModelBundle bundle) {
        return new BroadcastModel(
                bundle.contentSha256(), context.broadcast(new byte[][] {bundle.manifestBytes(), bundle.weightBytes()}));
    }

    /** Returns a model for the task that is running; see {@link ModelPool}. */
    EmotionModel forTask() {
        return ModelPool.forTask(contentSha256, () -> ModelBundle.of(files.value()[0], files.value()[1])
                .open());
    }

    /** Removes it from the driver and all executors. */
    void destroy() {
        files.destroy();
    }
}
