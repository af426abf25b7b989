package org.speechemotion.encoder;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Shares open encoders between the tasks of a JVM. Of the encoders that no task uses, it keeps the most recently used ones
 * and closes the others, because each may hold gigabytes of native memory. It is thread-safe.
 */
public final class EncoderCache {
    private final int capacity;
    private final Map<EncoderSettings, Shared> encoders = new LinkedHashMap<>(16, 0.75f, true);

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
     * Returns the encoder of the settings, which {@code opener} opens if necessary. The caller must not close it and must call
     * {@link #release} once for each call of this method.
     */
    public synchronized Encoder acquire(EncoderSettings settings, Function<EncoderSettings, Encoder> opener) {
        Shared shared = encoders.get(settings);
        if (shared == null) {
            shared = new Shared(opener.apply(settings));
            encoders.put(settings, shared);
        }
        shared.users++;
        closeUnused();
        return shared.encoder;
    }

    /** Ends one use of an encoder. */
    public synchronized void release(EncoderSettings settings) {
        encoders.get(settings).users--;
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
