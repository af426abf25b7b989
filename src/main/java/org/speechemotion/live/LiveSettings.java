package org.speechemotion.live;

/**
 * The limits of a live recording.
 *
 * @param overload the treatment of audio that arrives faster than it can be scored
 * @param maxWaiting the maximum number of windows of a recording that wait; with {@link Overload#WAIT} one piece of audio may
 *     exceed it
 */
public record LiveSettings(Overload overload, int maxWaiting) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public LiveSettings {
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("max-waiting is " + maxWaiting + "; allowed: 1 or more");
        }
    }
}
