package org.speechemotion.common;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A least-recently-used cache with a limit on the bytes it holds. It is thread-safe; its values must not change.
 *
 * @param <V> the type of the values
 */
public final class BoundedCache<V> {
    private final long capacityBytes;
    private final ToLongFunction<V> sizeInBytes;
    private final Map<String, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long usedBytes;

    /**
     * @param capacityBytes the limit; a value that is larger by itself is not cached, so 0 caches nothing
     * @param sizeInBytes the size of a value
     */
    public BoundedCache(long capacityBytes, ToLongFunction<V> sizeInBytes) {
        this.capacityBytes = capacityBytes;
        this.sizeInBytes = sizeInBytes;
    }

    /** Returns the value of a key, if it is cached, and marks it as the most recently used. */
    public synchronized Optional<V> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Caches a value and evicts the least recently used ones until all fit. */
    public synchronized void put(String key, V value) {
        long size = sizeInBytes.applyAsLong(value);
        if (size > capacityBytes) {
            return;
        }
        V previous = entries.put(key, value);
        usedBytes += size - (previous == null ? 0 : sizeInBytes.applyAsLong(previous));
        Iterator<V> oldest = entries.values().iterator();
        while (usedBytes > capacityBytes) {
            usedBytes -= sizeInBytes.applyAsLong(oldest.next());
            oldest.remove();
        }
    }

    /** Caches a value of a new key if it fits without evicting another one. */
    public synchronized void putIfRoom(String key, V value) {
        if (usedBytes + sizeInBytes.applyAsLong(value) <= capacityBytes && !entries.containsKey(key)) {
            put(key, value);
        }
    }

    /** Returns the size of everything that is cached. */
    public synchronized long usedBytes() {
        return usedBytes;
    }
}
