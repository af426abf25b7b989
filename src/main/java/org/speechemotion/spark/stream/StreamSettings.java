package org.speechemotion.spark.stream;

import java.time.Duration;

/**
 * How a folder is watched.
 *
 * @param everySeconds from one look at it to the next, in s
 * @param settleSeconds for which a file must have kept its size and time to be taken for whole, in s
 */
public record StreamSettings(int everySeconds, int settleSeconds) {
    private static final int DAY = 86_400;

    public StreamSettings {
        if (everySeconds < 1 || everySeconds > DAY) {
            throw new IllegalArgumentException("stream.every-seconds is " + everySeconds + ": allowed is 1 to " + DAY);
        }
        if (settleSeconds < 0 || settleSeconds > DAY) {
            throw new IllegalArgumentException(
                    "stream.settle-seconds is " + settleSeconds + ": allowed is 0 to " + DAY);
        }
    }

    Duration every() {
        return Duration.ofSeconds(everySeconds);
    }

    Duration settle() {
        return Duration.ofSeconds(settleSeconds);
    }
}
