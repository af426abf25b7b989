package org.speechemotion.serve;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts the events of the service, in the text format of Prometheus. It is thread-safe. */
final class Metrics {
    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> nanoseconds = new ConcurrentSkipListMap<>();
    final LongAdder windows = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder audioMilliseconds = new LongAdder();
    final AtomicInteger streams = new AtomicInteger();

    /**
     * Counts an answer.
     *
     * @param route a path of the interface, or "other"; names from outside would grow without bound
     */
    void answered(String route, int status, long nanos) {
        requests.computeIfAbsent("route=\"%s\",status=\"%d\"".formatted(route, status), absent -> new LongAdder())
                .increment();
        nanoseconds
                .computeIfAbsent("route=\"%s\"".formatted(route), absent -> new LongAdder())
                .add(nanos);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        head(text, "requests_total", "counter", "Answers by route and status.");
        requests.forEach((labels, count) -> line(text, "requests_total{" + labels + "}", count.sum()));
        head(text, "request_seconds_total", "counter", "Time from request to answer, in s.");
        nanoseconds.forEach((labels, nanos) -> line(text, "request_seconds_total{" + labels + "}", nanos.sum() / 1e9));
        single(text, "streams", "gauge", "Live streams that are open.", streams.get());
        single(text, "windows_total", "counter", "Windows that were scored for live streams.", windows.sum());
        single(text, "windows_skipped_total", "counter", "Windows that live streams skipped.", skipped.sum());
        single(text, "audio_seconds_total", "counter", "Audio that was scored, in s.", audioMilliseconds.sum() / 1e3);
        Runtime runtime = Runtime.getRuntime();
        single(text, "heap_bytes", "gauge", "Java heap in use.", runtime.totalMemory() - runtime.freeMemory());
        return text.toString();
    }

    private static void single(StringBuilder text, String name, String type, String help, Number value) {
        head(text, name, type, help);
        line(text, name, value);
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP emotion_%s %s\n# TYPE emotion_%s %s\n".formatted(name, help, name, type));
    }

    private static void line(StringBuilder text, String name, Number value) {
        String number =
                value instanceof Double seconds ? String.format(Locale.ROOT, "%.6f", seconds) : value.toString();
        text.append("emotion_").append(name).append(' ').append(number).append('\n');
    }
}
