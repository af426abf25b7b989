package org.speechemotion.encoder;

import java.util.List;

/** Passes everything on to another encoder. */
public class ForwardingEncoder implements Encoder {
    private final Encoder encoder;

    public ForwardingEncoder(Encoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return encoder.name();
    }

    @Override
    public int sampleRate() {
        return encoder.sampleRate();
    }

    @Override
    public int width() {
        return encoder.width();
    }

    @Override
    public double framesPerSecond() {
        return encoder.framesPerSecond();
    }

    @Override
    public int maxFrames(int samples) {
        return encoder.maxFrames(samples);
    }

    @Override
    public List<Frames> encode(List<float[]> waveforms) {
        return encoder.encode(waveforms);
    }

    @Override
    public String fingerprint() {
        return encoder.fingerprint();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
