package org.speechemotion.scoring;

import java.time.Duration;
import java.util.Locale;

/**
 * The progress of a run.
 *
 * @param all the files to score
 * @param done the files that are done; a task that runs twice is counted twice
 * @param audio the duration of the audio that was scored
 * @param rejected the number of files that were rejected
 * @param elapsed the time since the run began
 */
public record ScoringProgress(Amount all, Amount done, Duration audio, long rejected, Duration elapsed) {

    /** A number of files and their size in bytes. */
    public record Amount(long files, long bytes) {}

    /**
     * Returns a line such as {@code scored 1,200 of 5,000 files, 1.50 h of audio, real-time factor 0.010, 3 rejected, 2 min left}. The
     * real-time factor is the elapsed time divided by the duration of the audio, on all executors together.
     */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "scored %,d of %,d files, %.2f h of audio",
                Math.min(done.files, all.files),
                all.files,
                hours(audio)));
        if (!audio.isZero()) {
            line.append(String.format(Locale.ROOT, ", real-time factor %.3f", hours(elapsed) / hours(audio)));
        }
        line.append(String.format(Locale.ROOT, ", %,d rejected", rejected));
        if (done.files > 0 && done.files < all.files) {
            line.append(", ").append(inWords(left())).append(" left");
        }
        return line.toString();
    }

    /** Returns the remaining time, estimated from both bytes and files, because both cost time. */
    private Duration left() {
        double share = share(done.files, all.files) / 2 + share(done.bytes, all.bytes) / 2;
        return Duration.ofMillis(Math.round(elapsed.toMillis() * (1 - share) / share));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 1 : Math.min(1, (double) part / whole);
    }

    private static double hours(Duration duration) {
        return duration.toMillis() / 3.6e6;
    }

    static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 100) {
            return seconds + " s";
        }
        return seconds < 6000 ? (seconds + 30) / 60 + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
    }
}
