package org.speechemotion.scoring;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a run has come.
 *
 * @param files that are to be scored
 * @param bytes of them
 * @param filesDone of those
 * @param bytesDone of those
 * @param audio that was scored
 * @param rejected of the files that are done
 * @param elapsed since the first file was begun
 */
public record ScoringProgress(
        long files, long bytes, long filesDone, long bytesDone, Duration audio, long rejected, Duration elapsed) {

    /**
     * Such as {@code scored 1,200 of 5,000 files, 1.50 h of audio, real-time factor 0.010, 3 rejected, 2 min left}. The
     * real-time factor is the time taken for each second of audio, on all executors together.
     */
    @Override
    public String toString() {
        // A task that ran twice was counted twice.
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "scored %,d of %,d files, %.2f h of audio",
                Math.min(filesDone, files),
                files,
                hours(audio)));
        if (!audio.isZero()) {
            line.append(String.format(Locale.ROOT, ", real-time factor %.3f", hours(elapsed) / hours(audio)));
        }
        line.append(String.format(Locale.ROOT, ", %,d rejected", rejected));
        if (filesDone > 0 && filesDone < files) {
            line.append(", ").append(inWords(left())).append(" left");
        }
        return line.toString();
    }

    /** By bytes and files, as both take time. */
    private Duration left() {
        double done = share(filesDone, files) / 2 + share(bytesDone, bytes) / 2;
        return Duration.ofMillis(Math.round(elapsed.toMillis() * (1 - done) / done));
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
