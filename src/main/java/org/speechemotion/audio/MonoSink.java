package org.speechemotion.audio;

import java.util.Locale;

/**
 * Where a {@link ContainerReader} puts what it decodes: mixes down, resamples, and stops a file that breaks a limit as
 * soon as it does, so that memory is bounded by the limits and not by what the file claims.
 */
final class MonoSink {

    private final AudioSettings settings;
    private final String container;
    private int sampleRate;
    private int channels;
    private long frames;
    private float[] mono = new float[0];
    private ResamplingStream stream;

    MonoSink(AudioSettings settings, String container) {
        this.settings = settings;
        this.container = container;
    }

    /**
     * Begins the audio.
     *
     * @param sampleRate in Hz
     * @param channels of each frame
     * @param claimedFrames how many frames the file says it has, or 0 if it does not say
     * @param certainFrames how many frames the file is large enough to hold for certain, or 0
     */
    void begin(long sampleRate, int channels, long claimedFrames, long certainFrames) throws RejectedException {
        if (!Resampler.isRate(sampleRate)) {
            throw new RejectedException(
                    RejectionReason.UNSUPPORTED,
                    "the sample rate is " + sampleRate + " Hz: must be from " + Resampler.LOWEST_RATE + " to "
                            + Resampler.HIGHEST_RATE + " Hz");
        }
        if (channels < 1) {
            throw new RejectedException(RejectionReason.UNREADABLE, "there are " + channels + " channels");
        }
        this.sampleRate = (int) sampleRate;
        this.channels = channels;
        rejectTooLong(claimedFrames);
        Resampler resampler = Resampler.of(this.sampleRate, settings.sampleRate());
        stream = resampler.stream((int) resampler.outputLength(certainFrames));
    }

    /**
     * Takes the next frames.
     *
     * @param interleaved {@code [frames * channels]}, in [-1, 1]; what is beyond is clipped
     */
    void accept(float[] interleaved, int count) throws RejectedException {
        frames += count;
        rejectTooLong(frames);
        if (mono.length < count) {
            mono = new float[count];
        }
        for (int frame = 0; frame < count; frame++) {
            float sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                float sample = interleaved[frame * channels + channel];
                if (!Float.isFinite(sample)) {
                    throw new RejectedException(
                            RejectionReason.NOT_FINITE,
                            "sample " + (frames - count + frame) + " of channel " + channel + " is " + sample);
                }
                sum += clip(sample);
            }
            mono[frame] = sum / channels;
        }
        stream.accept(mono, count);
    }

    /** Ends the audio. */
    Decoding.Audio finish() throws RejectedException {
        double seconds = seconds(frames);
        if (frames == 0) {
            throw new RejectedException(RejectionReason.EMPTY, "there are no samples");
        }
        if (seconds < settings.minimumSeconds()) {
            throw new RejectedException(
                    RejectionReason.TOO_SHORT,
                    String.format(
                            Locale.ROOT, "lasts %.3f s: must be at least %s s", seconds, settings.minimumSeconds()));
        }
        float[] samples = stream.finish();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = clip(samples[i]);
        }
        return new Decoding.Audio(
                new Waveform(samples, settings.sampleRate()),
                new SourceFormat(container, sampleRate, channels, seconds));
    }

    private void rejectTooLong(long atLeast) throws RejectedException {
        if (seconds(atLeast) > settings.maximumSeconds()) {
            throw new RejectedException(
                    RejectionReason.TOO_LONG,
                    String.format(
                            Locale.ROOT,
                            "lasts %.3f s or more: must be at most %s s",
                            seconds(atLeast),
                            settings.maximumSeconds()));
        }
    }

    private double seconds(long count) {
        return (double) count / sampleRate;
    }

    private static float clip(float sample) {
        return Math.max(-1, Math.min(1, sample));
    }
}
