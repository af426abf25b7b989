package org.speechemotion.spark.ml;

import java.util.function.Supplier;

/** What was made last, while it is asked for by an equal key: so that a stage opens its encoder once, not at every use. */
final class Remembered<T> {
    private Object key;
    private T value;

    synchronized T get(Object wanted, Supplier<T> maker) {
        if (!wanted.equals(key)) {
            value = maker.get();
            key = wanted;
        }
        return value;
    }
}
