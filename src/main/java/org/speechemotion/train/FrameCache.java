package org.speechemotion.train;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.encoder.Frames;

/** Frames that were already encoded, the least recently used forgotten first. Thread-safe; frames are never changed. */
public final class FrameCache {
    private final long capacityBytes;
    private final Map<String, Frames> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long usedBytes;

    /** Holds frames of up to so many bytes; what is larger by itself is not kept. */
    public FrameCache(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    public synchronized Optional<Frames> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public synchronized void put(String key, Frames frames) {
        if (bytes(frames) > capacityBytes) {
            return;
        }
        Frames previous = entries.put(key, frames);
        usedBytes += bytes(frames) - (previous == null ? 0 : bytes(previous));
        Iterator<Frames> oldest = entries.values().iterator();
        while (usedBytes > capacityBytes) {
            usedBytes -= bytes(oldest.next());
            oldest.remove();
        }
    }

    public synchronized long usedBytes() {
        return usedBytes;
    }

    private static long bytes(Frames frames) {
        return (long) frames.values().length * Float.BYTES;
    }
}
