package org.speechemotion.encoder.pretrained;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.pretrained.OverlappingWindows.Window;

/** Collects windows for one call of an engine, and the destinations of their results. */
final class WindowGroup {
    private final int maxSamples;
    private final Function<List<float[]>, List<Frames>> engine;
    private final List<float[]> waveforms = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private int samples;

    /** Creates a group that runs when it has at least the given number of samples. */
    WindowGroup(int maxSamples, Function<List<float[]>, List<Frames>> engine) {
        this.maxSamples = maxSamples;
        this.engine = engine;
    }

    /** Adds a window of an input, whose values will be written from a frame on. */
    void add(float[] input, Window window, float[] values, int frame) {
        waveforms.add(
                window.samples() == input.length
                        ? input
                        : Arrays.copyOfRange(input, window.start(), window.start() + window.samples()));
        targets.add(new Target(window, values, frame));
        samples += window.samples();
        if (samples >= maxSamples) {
            run();
        }
    }

    /** Runs the engine on the windows that have no result yet. */
    void run() {
        if (waveforms.isEmpty()) {
            return;
        }
        List<Frames> frames = engine.apply(waveforms);
        for (int i = 0; i < targets.size(); i++) {
            targets.get(i).write(frames.get(i));
        }
        waveforms.clear();
        targets.clear();
        samples = 0;
    }

    @SuppressWarnings("ArrayRecordComponent") // a destination, not a value
    private record Target(Window window, float[] values, int frame) {
        void write(Frames frames) {
            int width = frames.width();
            System.arraycopy(frames.values(), window.skip() * width, values, frame * width, window.frames() * width);
        }
    }
}
