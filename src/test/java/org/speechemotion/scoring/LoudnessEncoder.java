package org.speechemotion.scoring;

import java.util.List;
import java.util.function.Function;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;
import org.speechemotion.model.TinyNetwork;

/** Frames of three samples each, as wide as the tiny network wants them. */
public class LoudnessEncoder implements Encoder {
    private final int sampleRate;
    private final double framesPerSecond;

    public LoudnessEncoder(int sampleRate, double framesPerSecond) {
        this.sampleRate = sampleRate;
        this.framesPerSecond = framesPerSecond;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public double framesPerSecond() {
        return framesPerSecond;
    }

    @Override
    public String name() {
        return "loudness";
    }

    @Override
    public int width() {
        return TinyNetwork.FRAME_WIDTH;
    }

    @Override
    public int maxFrames(int samples) {
        return Math.max(1, (int) (samples * framesPerSecond / sampleRate));
    }

    @Override
    public List<Frames> encode(List<float[]> waveforms) {
        Function<float[], Frames> one = samples -> {
            int time = maxFrames(samples.length);
            float[] values = new float[time * width()];
            for (int i = 0; i < values.length; i++) {
                values[i] = samples[(int) ((long) i * samples.length / values.length)];
            }
            return new Frames(values, time, width());
        };
        return waveforms.stream().map(one).toList();
    }

    @Override
    public String fingerprint() {
        return "loudness";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
