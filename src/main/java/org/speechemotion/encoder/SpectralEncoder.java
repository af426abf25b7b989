package org.speechemotion.encoder;

import java.util.List;

/** An encoder without weights that computes its frames from mel spectra of the frames of speech. */
abstract class SpectralEncoder implements Encoder {
    private final String name;
    private final int sampleRate;
    private final double speechDecibels;
    private final MelSpectrogram spectrogram;

    /**
     * @param sampleRate the sample rate of the input in Hz
     * @param speechDecibels the margin of {@link SpeechFrames#select}; 0 for all frames
     */
    SpectralEncoder(String name, int sampleRate, double speechDecibels, MelSpectrogram spectrogram) {
        this.name = name;
        this.sampleRate = sampleRate;
        this.speechDecibels = speechDecibels;
        this.spectrogram = spectrogram;
    }

    /**
     * Computes the frames of a clip.
     *
     * @param waveform the clip, with silence around it if the frames of speech are selected
     * @param spectra the spectra of all frames
     * @param speech the indices of the frames of speech
     */
    abstract Frames encode(float[] waveform, MelSpectrogram.Result spectra, int[] speech);

    @Override
    public final List<Frames> encode(List<float[]> waveforms) {
        PowerSpectrum.Buffers buffers = spectrogram.buffers();
        return waveforms.stream().map(waveform -> encode(waveform, buffers)).toList();
    }

    private Frames encode(float[] clip, PowerSpectrum.Buffers buffers) {
        if (clip.length == 0) {
            throw new IllegalArgumentException("a clip has 0 samples; allowed: at least 1");
        }
        float[] waveform = speechDecibels > 0 ? spectrogram.surrounded(clip) : clip;
        MelSpectrogram.Result spectra = spectrogram.of(waveform, buffers);
        return encode(waveform, spectra, SpeechFrames.select(spectra.power(), speechDecibels));
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int sampleRate() {
        return sampleRate;
    }

    final MelSpectrogram spectrogram() {
        return spectrogram;
    }

    @Override
    public final double framesPerSecond() {
        return (double) sampleRate / spectrogram.hop();
    }

    @Override
    public final int maxFrames(int samples) {
        return speechDecibels > 0 ? spectrogram.surroundedFrames(samples) : spectrogram.frames(samples);
    }

    @Override
    public final boolean takesClipsOneByOne() {
        return true;
    }

    /** Does nothing, because the encoder holds no resources. */
    @Override
    public final void close() {}
}
