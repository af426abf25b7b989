package org.speechemotion.spark.features;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.speechemotion.encoder.Frames;
import org.speechemotion.features.FeatureIndex;
import org.speechemotion.features.FeatureIndex.RowLocation;
import org.speechemotion.features.FeatureKey;
import org.speechemotion.features.ViewOrder;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.train.Example;

/** Reads frames from a store on demand, without audio or an encoder. */
final class StoredFrames implements FrameSource {
    private static final long serialVersionUID = 1L;

    private final FeatureStore store;
    private final Broadcast<FeatureIndex> index;
    private final ViewOrder order;

    /**
     * Creates a source of the frames of a store.
     *
     * @param order the order of the views over the epochs
     */
    StoredFrames(FeatureStore store, Broadcast<FeatureIndex> index, ViewOrder order) {
        this.store = store;
        this.index = index;
        this.order = order;
    }

    @Override
    public List<Frames> clean(List<Example> examples) throws IOException {
        List<Frames> frames = new ArrayList<>();
        for (Example example : examples) {
            frames.add(read(example, FeatureKey.CLEAN));
        }
        return frames;
    }

    @Override
    public List<Frames> training(List<Example> examples, int epoch) throws IOException {
        List<Frames> frames = new ArrayList<>();
        for (Example example : examples) {
            frames.add(read(example, order.view(example.contentSha256(), epoch)));
        }
        return frames;
    }

    private Frames read(Example example, int view) throws IOException {
        String what = "view " + view + " of " + example.path();
        RowLocation place = index.value()
                .find(new FeatureKey(example.contentSha256(), view))
                .orElseThrow(() -> new IOException(store.folder() + " does not have " + what));
        int width = store.description().width();
        int length = Math.toIntExact(
                (long) place.frames() * width * store.description().values().bytes());
        byte[] bytes = new byte[FeaturePart.LENGTH_BYTES + length];
        Path part = new Path(place.part());
        try (FSDataInputStream in = part.getFileSystem(store.hadoop()).open(part)) {
            in.seek(place.position() - FeaturePart.LENGTH_BYTES);
            in.readFully(bytes);
        } catch (EOFException | FileNotFoundException e) {
            throw changed(part, what, e);
        }
        ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (values.getInt() != length || FeaturePart.checksum(values) != place.checksum()) {
            throw changed(part, what, null);
        }
        return new Frames(store.description().values().decode(values), place.frames(), width);
    }

    private static IOException changed(Path part, String what, Exception cause) {
        return new IOException(
                part + " was changed or damaged where " + what
                        + " is; delete the file, and the next run makes it again",
                cause);
    }
}
