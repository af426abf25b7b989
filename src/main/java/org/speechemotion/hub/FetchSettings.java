package org.speechemotion.hub;

import java.net.URI;
import java.time.Duration;

/**
 * Where from, and how patiently.
 *
 * @param endpoint of the hub, {@code http} or {@code https}
 * @param revision a branch, a tag or a commit
 * @param maximumBytes of each file of weights; larger ones are refused
 * @param attempts at each file before it is given up
 * @param connectSeconds longest wait for a connection, in s
 * @param stallSeconds longest wait for the next bytes, in s
 * @param minimumBytesPerSecond lowest rate of a transfer, averaged over {@code stallSeconds}, in bytes/s; 0 allows any
 * @param retrySeconds wait before the second attempt, doubled before each further one, in s
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
    private static final double LONGEST_SECONDS = 3600;
    private static final int MOST_ATTEMPTS = 1000;

    /**
     * Checks them all.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public FetchSettings {
        checkEndpoint(endpoint);
        Repository.checkRevision(revision);
        require(maximumBytes >= 1, "maximum-bytes", maximumBytes, "1 or more");
        require(attempts >= 1 && attempts <= MOST_ATTEMPTS, "attempts", attempts, "from 1 to " + MOST_ATTEMPTS);
        requireSeconds("connect-seconds", connectSeconds);
        requireSeconds("stall-seconds", stallSeconds);
        require(minimumBytesPerSecond >= 0, "minimum-bytes-per-second", minimumBytesPerSecond, "0 or more");
        requireSeconds("retry-seconds", retrySeconds);
    }

    /** The endpoint, without a slash at its end. */
    URI home() {
        return URI.create(endpoint.replaceFirst("/+$", ""));
    }

    Duration connect() {
        return duration(connectSeconds);
    }

    Duration stall() {
        return duration(stallSeconds);
    }

    /** How long to wait after this attempt, the first being 1. */
    Duration retry(int attempt) {
        return duration(Math.min(retrySeconds * Math.pow(2, attempt - 1), Math.max(retrySeconds, 60)));
    }

    private static void checkEndpoint(String endpoint) {
        URI uri;
        try {
            uri = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("endpoint is no address: " + e.getMessage(), e);
        }
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!web || uri.getHost() == null || !plain) {
            throw new IllegalArgumentException("endpoint must be http://host or https://host, without a user, a query"
                    + " or a fragment; a token goes into HF_TOKEN");
        }
    }

    private static void requireSeconds(String key, double seconds) {
        require(seconds > 0 && seconds <= LONGEST_SECONDS, key, seconds, "above 0, at most " + LONGEST_SECONDS + " s");
    }

    private static void require(boolean valid, String key, Number value, String allowed) {
        if (!valid) {
            throw new IllegalArgumentException(key + " must be " + allowed + ", not " + value);
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9)));
    }
}
