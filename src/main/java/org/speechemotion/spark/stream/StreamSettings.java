package org.speechemotion.spark.stream;

import java.time.Duration;

/**
 * The settings of a stream.
 *
 * @param everySeconds the interval between two listings of the folder, in s
 * @param settleSeconds the time for which the size and time of a file must not have changed before it is scored, in s
 */
public record StreamSettings(int everySeconds, int settleSeconds) {
    private static final int DAY = 86_400;

    public StreamSettings {
        if (everySeconds < 1 || everySeconds > DAY) {
            throw new IllegalArgumentException("stream.every-seconds is " + everySeconds + "; allowed: 1 to " + DAY);
        }
        if (settleSeconds < 0 || settleSeconds > DAY) {
            throw new IllegalArgumentException("stream.settle-seconds is " + settleSeconds + "; allowed: 0 to " + DAY);
        }
    }

    Duration every() {
        return Duration.ofSeconds(everySeconds);
    }

    Duration settle() {
        return Duration.ofSeconds(settleSeconds);
    }
}
