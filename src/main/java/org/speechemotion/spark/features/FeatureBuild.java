package org.speechemotion.spark.features;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;
import org.speechemotion.features.BuildPlan;
import org.speechemotion.features.FeatureIndex;
import org.speechemotion.features.FeatureKey;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.features.StoreDescription;
import org.speechemotion.features.ViewOrder;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.train.Example;

/** Encodes the missing views of a store on the cluster. Every task writes one part, so little is lost if a task fails. */
public final class FeatureBuild {
    private static final long PART_BYTES = 32L << 20;
    /** The size of the frames that a task holds in memory besides the part that it writes. */
    private static final long BATCH_BYTES = 16L << 20;

    private static final int PARTS_PER_CORE = 8;
    private static final int SECONDS_BETWEEN_LINES = 15;

    private final JavaSparkContext context;
    private final OnTheFlyFrames frames;
    private final double framesPerSecond;
    private final FeatureStore store;
    private final Consumer<String> console;

    /**
     * Opens the store, or creates it if it is missing.
     *
     * @param frames the source of the frames
     * @param encoder the encoder, opened on the driver
     * @param folder the parent of stores without a path in the settings; each is named after its settings
     * @param console the consumer of lines about the progress
     * @throws IllegalArgumentException if the folder in the settings is not a store, or is a store of other settings
     */
    public FeatureBuild(
            JavaSparkContext context,
            OnTheFlyFrames frames,
            Encoder encoder,
            FeatureSettings settings,
            java.nio.file.Path folder,
            Consumer<String> console)
            throws IOException {
        this.context = context;
        this.frames = frames;
        this.console = console;
        framesPerSecond = encoder.framesPerSecond();
        StoreDescription description = StoreDescription.of(
                encoder, settings, frames.chain(), frames.sounds().files());
        String path = settings.path()
                .orElseGet(() -> folder.resolve(description.hash().substring(0, 12))
                        .toUri()
                        .toString());
        store = FeatureStore.open(path, description, context.hadoopConfiguration());
    }

    /** Counts the rows of a build: one for each view of each clip. */
    public record Summary(String folder, int present, int encoded) {
        @Override
        public String toString() {
            return "features: " + present + " present, " + encoded + " encoded: " + folder;
        }
    }

    /**
     * Builds the missing rows.
     *
     * @param clean the clips whose clean frames are needed
     * @param augmented the clips of which all views are needed
     * @throws IOException if a clip of the catalog cannot be decoded any more, or the store cannot be written
     */
    public Summary build(List<Example> clean, List<Example> augmented) throws IOException {
        List<BuildPlan.Part> wanted = plan(clean, augmented, new FeatureIndex(List.of()));
        List<BuildPlan.Part> missing = plan(clean, augmented, store.index(context));
        int rows = BuildPlan.rows(missing);
        if (rows > 0) {
            encode(missing, rows);
        }
        return new Summary(store.folder(), BuildPlan.rows(wanted) - rows, rows);
    }

    /**
     * Builds the missing rows and opens the store for reading.
     *
     * @param seed the seed of the order of the views over the epochs
     * @throws IOException as {@link #build}, or if the driver does not find the rows that the executors wrote
     */
    public FrameSource frames(List<Example> clean, List<Example> training, long seed) throws IOException {
        console.accept(build(clean, training).toString());
        FeatureIndex index = store.index(context);
        int absent = BuildPlan.rows(plan(clean, training, index));
        if (absent > 0) {
            throw new IOException("features.path " + store.folder() + " lacks " + absent + " rows that were written: on"
                    + " a cluster it must be on a file system that all machines share");
        }
        return new StoredFrames(
                store,
                context.broadcast(index),
                new ViewOrder(store.description().views(), seed));
    }

    private List<BuildPlan.Part> plan(List<Example> clean, List<Example> augmented, FeatureIndex index) {
        StoreDescription description = store.description();
        double seconds = clean.stream().mapToDouble(Example::seconds).sum()
                + description.views()
                        * augmented.stream().mapToDouble(Example::seconds).sum();
        return BuildPlan.of(
                clean,
                augmented,
                description.views(),
                index.keys(),
                Math.min(
                        PART_BYTES / bytesPerSecond(description.values().bytes()),
                        seconds / (PARTS_PER_CORE * context.defaultParallelism())));
    }

    private double bytesPerSecond(int valueBytes) {
        return framesPerSecond * store.description().width() * valueBytes;
    }

    private void encode(List<BuildPlan.Part> parts, int rows) throws IOException {
        FeatureStore store = this.store;
        OnTheFlyFrames frames = this.frames;
        String application = context.sc().applicationId();
        double batchSeconds = BATCH_BYTES / bytesPerSecond(Float.BYTES);
        LongAccumulator encoded = context.sc().longAccumulator("stored views");
        JavaFutureAction<Void> action = context.parallelize(parts, parts.size()).foreachAsync(part -> {
            String attempt = application + "-" + TaskContext.get().taskAttemptId();
            store.write(part.name(), attempt, writer -> {
                for (List<Example> batch : batches(part.clips(), batchSeconds)) {
                    List<Frames> views = part.view() == FeatureKey.CLEAN
                            ? frames.clean(batch)
                            : frames.view(batch, "view-" + part.view());
                    for (int i = 0; i < batch.size(); i++) {
                        writer.write(batch.get(i), part.view(), views.get(i));
                    }
                }
            });
            encoded.add(part.clips().size());
        });
        await(action, () -> console.accept("features: " + encoded.value() + " of " + rows + " encoded"));
    }

    private static List<List<Example>> batches(List<Example> clips, double mostSeconds) {
        List<List<Example>> batches = new ArrayList<>();
        double seconds = 0;
        for (Example clip : clips) {
            seconds += clip.seconds();
            if (batches.isEmpty() || seconds > mostSeconds) {
                batches.add(new ArrayList<>());
                seconds = clip.seconds();
            }
            batches.get(batches.size() - 1).add(clip);
        }
        return batches;
    }

    private static void await(JavaFutureAction<Void> action, Runnable progress) throws IOException {
        try {
            while (true) {
                try {
                    action.get(SECONDS_BETWEEN_LINES, TimeUnit.SECONDS);
                    return;
                } catch (TimeoutException stillAtIt) {
                    progress.run();
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(FailureMessage.of(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            action.cancel(true);
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the build was interrupted").initCause(e);
        }
    }
}
