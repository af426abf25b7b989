package org.speechemotion.spark.ml;

import java.util.function.Supplier;

/** Caches the value of the last key, so that a stage opens its encoder once and not at every use. It is thread-safe. */
final class LastValueCache<T> {
    private Object key;
    private T value;

    /** Returns the value of a key, which is made if it is not that of the last call. */
    synchronized T get(Object wanted, Supplier<T> maker) {
        if (!wanted.equals(key)) {
            value = maker.get();
            key = wanted;
        }
        return value;
    }
}
