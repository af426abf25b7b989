package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.List;

/** Collects windows of several recordings, predicts them together, and gives each recording its scores. It is not thread-safe. */
final class WindowBatch {
    private final ClipBatches<ClipScore> batches;
    private final long maxSamples;
    private final List<Window> waiting = new ArrayList<>();
    private long samples;

    WindowBatch(ClipBatches<ClipScore> batches, int sampleRate) {
        this.batches = batches;
        maxSamples = (long) (ClipBatches.MAX_SECONDS * sampleRate);
    }

    /** Adds a window, and predicts all waiting windows if they are enough. */
    void add(Window window) {
        waiting.add(window);
        samples += window.samples.length;
        if (waiting.size() >= batches.clips() || samples >= maxSamples) {
            predict();
        }
    }

    /** Drops the windows of a recording that turned out to be bad. */
    void discard(OpenRecording<?> recording) {
        waiting.removeIf(window -> window.recording == recording);
        samples = waiting.stream().mapToLong(window -> window.samples.length).sum();
    }

    /** Predicts all windows that wait. */
    void predict() {
        List<ClipScore> scores =
                batches.run(waiting.stream().map(Window::samples).toList());
        for (int i = 0; i < scores.size(); i++) {
            Window window = waiting.get(i);
            window.recording.predicted(window.channel, window.index, scores.get(i));
        }
        waiting.clear();
        samples = 0;
    }

    /**
     * A window of one channel.
     *
     * @param index the window's place in its channel, from 0
     * @param samples {@code [time]}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Window(OpenRecording<?> recording, int channel, int index, float[] samples) {}
}
