package org.speechemotion.spark.clips;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.BoundedCache;

/**
 * The decoded clips of corpora that all tasks of a JVM share. The catalog leaves its clips here for the training that follows, which
 * would decode them again.
 */
public final class DecodedClips {
    private static final Map<Integer, BoundedCache<Waveform>> CACHES = new ConcurrentHashMap<>();

    private DecodedClips() {}

    /** Returns the cache of a capacity in MiB. */
    public static BoundedCache<Waveform> cache(int megabytes) {
        return CACHES.computeIfAbsent(megabytes, size -> new BoundedCache<>((long) size << 20, Waveform::sizeInBytes));
    }
}
