package org.speechemotion.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.train.FrameCache;

/** What an executor's JVM opens once and all its tasks share: encoders, and the frames they gave. */
final class ExecutorModels {
    private static final Map<EncoderSettings, Encoder> ENCODERS = new ConcurrentHashMap<>();
    private static final Map<Long, FrameCache> FRAMES = new ConcurrentHashMap<>();

    private ExecutorModels() {}

    static Encoder encoder(EncoderSettings settings, Configuration hadoop) {
        return ENCODERS.computeIfAbsent(settings, key -> Encoders.open(EncoderFolders.onThisMachine(key, hadoop)));
    }

    static FrameCache frames(int megabytes) {
        return FRAMES.computeIfAbsent((long) megabytes << 20, FrameCache::new);
    }
}
