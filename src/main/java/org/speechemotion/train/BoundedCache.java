package org.speechemotion.train;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.speechemotion.audio.Waveform;
import org.speechemotion.encoder.Frames;

/**
 * What was already decoded or encoded, the least recently used forgotten first. Thread-safe; values are never changed.
 *
 * @param <V> what it holds
 */
public final class BoundedCache<V> {
    private final long capacityBytes;
    private final ToLongFunction<V> bytes;
    private final Map<String, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long usedBytes;

    private BoundedCache(long capacityBytes, ToLongFunction<V> bytes) {
        this.capacityBytes = capacityBytes;
        this.bytes = bytes;
    }

    /** Holds frames of up to so many bytes; what is larger by itself is not kept. */
    public static BoundedCache<Frames> ofFrames(long capacityBytes) {
        return new BoundedCache<>(capacityBytes, frames -> (long) frames.values().length * Float.BYTES);
    }

    /** Holds waveforms of up to so many bytes; what is larger by itself is not kept. */
    public static BoundedCache<Waveform> ofWaveforms(long capacityBytes) {
        return new BoundedCache<>(capacityBytes, waveform -> (long) waveform.samples().length * Float.BYTES);
    }

    public synchronized Optional<V> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public synchronized void put(String key, V value) {
        long size = bytes.applyAsLong(value);
        if (size > capacityBytes) {
            return;
        }
        V previous = entries.put(key, value);
        usedBytes += size - (previous == null ? 0 : bytes.applyAsLong(previous));
        Iterator<V> oldest = entries.values().iterator();
        while (usedBytes > capacityBytes) {
            usedBytes -= bytes.applyAsLong(oldest.next());
            oldest.remove();
        }
    }

    public synchronized long usedBytes() {
        return usedBytes;
    }
}
