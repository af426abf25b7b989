package org.speechemotion.jobs;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.speechemotion.hub.FetchListener;

/** Shows the progress of a download: one changing line on a terminal, and otherwise a line every ten seconds. */
final class FetchProgress implements FetchListener {
    private static final int BAR = 24;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private long startBytes;
    private long startNanos;
    private long shownNanos;
    private boolean lineIsOpen;

    FetchProgress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    @Override
    public void kept(String file, long bytes) {
        line(file + ": already complete, " + size(bytes) + ", checked");
    }

    @Override
    public void begun(String file, long there, OptionalLong total) {
        startBytes = there;
        startNanos = nanoTime.getAsLong();
        shownNanos = startNanos;
        if (there > 0) {
            line(file + ": resumes after " + size(there));
        }
    }

    @Override
    public void received(String file, long bytes, OptionalLong total) {
        long now = nanoTime.getAsLong();
        if (now - shownNanos >= (terminal ? REDRAW_NANOS : LINE_NANOS)) {
            shownNanos = now;
            show(file + ": " + amount(bytes, total) + speed(bytes, total, now - startNanos));
        }
    }

    @Override
    public void retrying(String file, String reason, Duration wait) {
        line(file + ": " + reason + "; again in " + String.format(Locale.ROOT, "%.1f", wait.toMillis() / 1e3) + " s");
    }

    @Override
    public void fetched(String file, long bytes) {
        line(file + ": fetched, " + size(bytes) + ", checked");
    }

    private String amount(long bytes, OptionalLong total) {
        if (total.isEmpty() || total.getAsLong() == 0) {
            return size(bytes);
        }
        double share = (double) bytes / total.getAsLong();
        int full = (int) (share * BAR);
        String bar = terminal ? "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " : "";
        return bar + String.format(Locale.ROOT, "%.0f %%, %s of %s", 100 * share, size(bytes), size(total.getAsLong()));
    }

    private String speed(long bytes, OptionalLong total, long nanos) {
        double bytesPerSecond = (bytes - startBytes) / (nanos / 1e9);
        String speed = String.format(Locale.ROOT, ", %.1f MB/s", bytesPerSecond / 1e6);
        if (total.isEmpty() || bytes == startBytes) {
            return speed;
        }
        long seconds = Math.round((total.getAsLong() - bytes) / bytesPerSecond);
        return speed + String.format(Locale.ROOT, ", %d:%02d left", seconds / 60, seconds % 60);
    }

    private void show(String text) {
        if (terminal) {
            out.print("\r" + text + "\033[K");
            out.flush();
            lineIsOpen = true;
        } else {
            out.println(text);
        }
    }

    private void line(String text) {
        out.println((lineIsOpen ? "\r\033[K" : "") + text);
        lineIsOpen = false;
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
