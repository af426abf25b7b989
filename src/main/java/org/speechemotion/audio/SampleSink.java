package org.speechemotion.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a {@link ContainerReader} puts what it decodes: mixes down or takes apart, resamples, and stops a file that
 * breaks a limit as soon as it does, so that memory is bounded by the limits and not by what the file claims.
 */
final class SampleSink {

    /** Every channel that is given by itself has a resampler of its own. */
    private static final int MOST_CHANNELS = 8;

    private final AudioSettings settings;
    private final String container;
    private final Channels wanted;
    private final SampleConsumer consumer;
    private final List<ResamplingStream> streams = new ArrayList<>();
    private int sampleRate;
    private int channels;
    private long frames;
    private float[] block = new float[0];

    SampleSink(AudioSettings settings, String container, Channels wanted, SampleConsumer consumer) {
        this.settings = settings;
        this.container = container;
        this.wanted = wanted;
        this.consumer = consumer;
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
        if (wanted == Channels.EACH && channels > MOST_CHANNELS) {
            throw new RejectedException(
                    RejectionReason.UNSUPPORTED,
                    "there are " + channels + " channels: must be at most " + MOST_CHANNELS
                            + " to take each by itself");
        }
        this.sampleRate = (int) sampleRate;
        this.channels = channels;
        rejectTooLong(claimedFrames);
        Resampler resampler = Resampler.of(this.sampleRate, settings.sampleRate());
        int given = wanted == Channels.MIX ? 1 : channels;
        consumer.begin(given, resampler.outputLength(certainFrames));
        for (int channel = 0; channel < given; channel++) {
            int index = channel;
            streams.add(resampler.stream((samples, count) -> {
                for (int i = 0; i < count; i++) {
                    samples[i] = clip(samples[i]);
                }
                consumer.accept(index, samples, count);
            }));
        }
    }

    /**
     * Takes the next frames.
     *
     * @param interleaved {@code [frames * channels]}, in [-1, 1]; what is beyond is clipped
     */
    void accept(float[] interleaved, int count) throws RejectedException {
        rejectTooLong(frames + count);
        requireFinite(interleaved, count);
        frames += count;
        if (block.length < count) {
            block = new float[count];
        }
        if (wanted == Channels.MIX) {
            mix(interleaved, count);
            streams.get(0).accept(block, count);
            return;
        }
        for (int channel = 0; channel < channels; channel++) {
            for (int frame = 0; frame < count; frame++) {
                block[frame] = clip(interleaved[frame * channels + channel]);
            }
            streams.get(channel).accept(block, count);
        }
    }

    private void mix(float[] interleaved, int count) {
        for (int frame = 0; frame < count; frame++) {
            float sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += clip(interleaved[frame * channels + channel]);
            }
            block[frame] = sum / channels;
        }
    }

    /** Ends the audio. */
    SourceFormat finish() throws RejectedException {
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
        streams.forEach(ResamplingStream::finish);
        return new SourceFormat(container, sampleRate, channels, seconds);
    }

    private void requireFinite(float[] interleaved, int count) throws RejectedException {
        for (int i = 0; i < count * channels; i++) {
            if (!Float.isFinite(interleaved[i])) {
                throw new RejectedException(
                        RejectionReason.NOT_FINITE,
                        "sample " + (frames + i / channels) + " of channel " + i % channels + " is " + interleaved[i]);
            }
        }
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
