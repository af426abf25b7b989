package org.speechemotion.encoder;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Shares open encoders between the tasks of a JVM. Of the encoders that no task uses, it keeps the most recently used ones
 * and closes the others, because each may hold gigabytes of native memory. It is thread-safe.
 *
 * @param <K> the type of the keys, which say everything that an encoder depends on: its settings and the state of its files
 */
public final class EncoderCache<K> {
    private final int capacity;
    private final Map<K, Shared> encoders = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Shared {
        private final Encoder encoder;
        private int users;

        Shared(Encoder encoder) {
            this.encoder = encoder;
        }
    }

    /** @param capacity the number of open encoders, which only encoders in use may exceed */
    public EncoderCache(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Returns the encoder of the key, which {@code opener} opens if necessary. The caller must not close it and must call
     * {@link #release} once for each call of this method.
     */
    public synchronized Encoder acquire(K key, Supplier<Encoder> opener) {
        Shared shared = encoders.get(key);
        if (shared == null) {
            shared = new Shared(opener.get());
            encoders.put(key, shared);
        }
        shared.users++;
        closeUnused();
        return shared.encoder;
    }

    /** Ends one use of an encoder. */
    public synchronized void release(K key) {
        encoders.get(key).users--;
        closeUnused();
    }

    private void closeUnused() {
        Iterator<Shared> leastRecent = encoders.values().iterator();
        while (encoders.size() > capacity && leastRecent.hasNext()) {
            Shared shared = leastRecent.next();
            if (shared.users == 0) {
                leastRecent.remove();
                shared.encoder.close();
            }
        }
    }
}
