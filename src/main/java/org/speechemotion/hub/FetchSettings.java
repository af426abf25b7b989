package org.speechemotion.hub;

import java.net.URI;
import java.time.Duration;

/**
 * The source and the patience of a fetch.
 *
 * @param endpoint the address of the hub, {@code http} or {@code https}
 * @param revision a branch, a tag or a commit
 * @param maximumBytes the greatest size of a file of weights; larger files are rejected
 * @param attempts the number of attempts at each file
 * @param connectSeconds the time limit for a connection, in s
 * @param stallSeconds the time limit for the next bytes, in s
 * @param minimumBytesPerSecond the lowest transfer rate, averaged over {@code stallSeconds}, in bytes/s; 0 allows any
 * @param retrySeconds the wait before the second attempt, which doubles for each further one, in s
 */
public record FetchSettings(
        String endpoint,
        String revision,
        long maximumBytes,
        int attempts,
        double connectSeconds,
        double stallSeconds,
        long minimumBytesPerSecond,
        double retrySeconds) {
    private static final double MAX_SECONDS = 3600;
    private static final int MAX_ATTEMPTS = 1000;

    /**
     * Validates the settings.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public FetchSettings {
        checkEndpoint(endpoint);
        Repository.checkRevision(revision);
        require(maximumBytes >= 1, "maximum-bytes", maximumBytes, "at least 1");
        require(attempts >= 1 && attempts <= MAX_ATTEMPTS, "attempts", attempts, "1 to " + MAX_ATTEMPTS);
        requireSeconds("connect-seconds", connectSeconds);
        requireSeconds("stall-seconds", stallSeconds);
        require(minimumBytesPerSecond >= 0, "minimum-bytes-per-second", minimumBytesPerSecond, "at least 0");
        requireSeconds("retry-seconds", retrySeconds);
    }

    /** Returns the endpoint without a trailing slash. */
    URI home() {
        return URI.create(endpoint.replaceFirst("/+$", ""));
    }

    Duration connect() {
        return duration(connectSeconds);
    }

    Duration stall() {
        return duration(stallSeconds);
    }

    /** Returns the wait after an attempt, counted from 1. */
    Duration retry(int attempt) {
        return duration(Math.min(retrySeconds * Math.pow(2, attempt - 1), Math.max(retrySeconds, 60)));
    }

    private static void checkEndpoint(String endpoint) {
        URI uri;
        try {
            uri = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("endpoint is not an address: " + e.getMessage(), e);
        }
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!web || uri.getHost() == null || !plain) {
            throw new IllegalArgumentException(
                    "endpoint is invalid; allowed: http://host or https://host without user, query"
                            + " or fragment; a token belongs in HF_TOKEN");
        }
    }

    private static void requireSeconds(String key, double seconds) {
        require(seconds > 0 && seconds <= MAX_SECONDS, key, seconds, "above 0 and at most " + MAX_SECONDS + " s");
    }

    private static void require(boolean valid, String key, Number value, String allowed) {
        if (!valid) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed: " + allowed);
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9)));
    }
}
