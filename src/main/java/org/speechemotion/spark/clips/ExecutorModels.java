package org.speechemotion.spark.clips;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.BoundedCache;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderCache;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.Frames;

/** The encoders, decoded clips and frames that all tasks of a JVM share. */
final class ExecutorModels {
    /** Two encoders: that of the current job and that of a previous or concurrent one. */
    private static final EncoderCache<Key> ENCODERS = new EncoderCache<>(2);

    private static final Map<Long, BoundedCache<Frames>> FRAMES = new ConcurrentHashMap<>();
    private static final Map<Long, BoundedCache<Waveform>> SOUNDS = new ConcurrentHashMap<>();

    private ExecutorModels() {}

    /** @param state the state of the encoder's folder; a changed folder is opened again */
    private record Key(EncoderSettings settings, String state) {}

    /**
     * Returns an encoder for the running task. Outside of tasks it stays open until the JVM ends.
     *
     * @param fingerprint the fingerprint of the encoder that the driver has verified
     * @throws IllegalStateException if the encoder on this machine has another fingerprint
     */
    static Encoder encoder(EncoderSettings settings, Optional<String> fingerprint, Configuration hadoop) {
        EncoderSettings placed = EncoderFolders.onItsDevice(settings);
        Key key = new Key(placed, EncoderFolders.state(placed, hadoop));
        Encoder encoder = ENCODERS.acquire(key, () -> Encoders.open(EncoderFolders.onThisMachine(placed, hadoop)));
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> ENCODERS.release(key));
        }
        if (fingerprint.isPresent() && !fingerprint.get().equals(encoder.fingerprint())) {
            throw new IllegalStateException(
                    "encoder.path " + settings.pretrained().path()
                            + " is another encoder here than the driver has verified: its fingerprint is "
                            + encoder.fingerprint() + " instead of " + fingerprint.get()
                            + ". The folder was changed, or differs between machines (encoder.distribute=true sends"
                            + " it)");
        }
        return encoder;
    }

    static BoundedCache<Frames> frames(int megabytes) {
        return FRAMES.computeIfAbsent((long) megabytes << 20, bytes -> new BoundedCache<>(bytes, Frames::sizeInBytes));
    }

    /** Returns the cache of decoded recordings of noise and rooms. */
    static BoundedCache<Waveform> sounds(int megabytes) {
        return SOUNDS.computeIfAbsent(
                (long) megabytes << 20, bytes -> new BoundedCache<>(bytes, Waveform::sizeInBytes));
    }
}
