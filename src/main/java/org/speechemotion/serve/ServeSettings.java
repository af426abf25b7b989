package org.speechemotion.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The address and the limits of the service.
 *
 * @param host the name or address to listen at
 * @param port 0 selects a free one
 * @param allowAnonymous whether other machines may use the service without a token
 * @param maximumBytes the size of the largest request body, in bytes
 * @param maximumSeconds the duration of the longest upload, in s; a longer stream continues as the next recording
 * @param maximumRequests the number of uploads that are scored at a time
 * @param maximumQueued the number of uploads that are received or wait; further ones are answered with 429
 * @param maximumSockets the number of live streams at a time
 * @param requestSeconds the time limit of an upload, from its first byte to its answer, in s
 * @param idleSeconds the time without a byte after which a connection is closed, in s
 * @param stopSeconds the time that running requests and streams have when the service stops, in s
 * @param maxWaiting the maximum number of windows of a recording that wait
 */
public record ServeSettings(
        String host,
        int port,
        boolean allowAnonymous,
        long maximumBytes,
        double maximumSeconds,
        int maximumRequests,
        int maximumQueued,
        int maximumSockets,
        int requestSeconds,
        int idleSeconds,
        int stopSeconds,
        int maxWaiting) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public ServeSettings {
        require("port", port, 0, 65_535);
        require("maximum-bytes", maximumBytes, 1, 16L << 30);
        require("maximum-seconds", (long) Math.ceil(maximumSeconds), 1, 43_200);
        require("maximum-requests", maximumRequests, 1, 1000);
        require("maximum-queued", maximumQueued, 0, 10_000);
        require("maximum-sockets", maximumSockets, 0, 100_000);
        require("request-seconds", requestSeconds, 1, 86_400);
        require("idle-seconds", idleSeconds, 1, 86_400);
        require("stop-seconds", stopSeconds, 0, 3600);
        require("max-waiting", maxWaiting, 1, 1000);
    }

    private static void require(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("serve." + key + " is " + value + "; allowed: " + min + " to " + max);
        }
    }

    /**
     * Returns whether only this machine can reach the service.
     *
     * @throws IllegalArgumentException if the host is unknown
     */
    boolean isLocal() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("serve.host is " + host + ", which is not a name or address", e);
        }
    }
}
