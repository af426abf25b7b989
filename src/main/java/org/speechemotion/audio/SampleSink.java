package org.speechemotion.audio;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.speechemotion.common.RejectedException;

/**
 * Receives the samples of a {@link ContainerReader}, mixes or separates the channels, resamples, and rejects a file as
 * soon as it exceeds a limit, so that the limits and not the file's claims bound the memory.
 *
 * <p>A recording may consist of parts with different sample rates and numbers of channels. They are resampled separately
 * and concatenated.
 */
final class SampleSink {

    /** The maximum number of separate channels, each of which has its own resampler. */
    private static final int MAX_CHANNELS = 8;

    private final AudioSettings settings;
    private final String container;
    private final Channels wanted;
    private final SampleConsumer consumer;
    private final List<ResamplingStream> streams = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private SourceFormat first;
    private int sampleRate;
    private int channels;
    private double secondsBefore;
    private long frames;
    private boolean clipping = true;
    private float[] block = new float[0];

    SampleSink(AudioSettings settings, String container, Channels wanted, SampleConsumer consumer) {
        this.settings = settings;
        this.container = container;
        this.wanted = wanted;
        this.consumer = consumer;
    }

    /**
     * Begins the audio or a further part of it, which may have another format.
     *
     * @param sampleRate the sample rate in Hz
     * @param channels the number of channels
     * @param claimedFrames the number of frames that the file claims, or 0
     * @param certainFrames the number of frames for which the file is certainly large enough, or 0
     */
    void begin(long sampleRate, int channels, long claimedFrames, long certainFrames) throws RejectedException {
        if (begun() && sampleRate == this.sampleRate && channels == this.channels) {
            rejectTooLong(frames + claimedFrames);
            return;
        }
        requireDecodable(sampleRate, channels);
        if (begun()) {
            endPart(sampleRate, channels);
        }
        this.sampleRate = (int) sampleRate;
        this.channels = channels;
        rejectTooLong(claimedFrames);
        Resampler resampler = Resampler.of(this.sampleRate, settings.sampleRate());
        int given = wanted == Channels.MIX ? 1 : channels;
        if (!begun()) {
            first = new SourceFormat(container, this.sampleRate, channels, 0);
            consumer.begin(given, resampler.outputLength(certainFrames));
        }
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

    private void requireDecodable(long rate, int count) throws RejectedException {
        if (!Resampler.isRate(rate)) {
            throw RejectionReason.UNSUPPORTED.exception("the sample rate is " + rate + " Hz; allowed: "
                    + Resampler.MIN_RATE + " to " + Resampler.MAX_RATE + " Hz");
        }
        if (count < 1) {
            throw RejectionReason.UNREADABLE.exception("the number of channels is " + count);
        }
        if (wanted == Channels.EACH && count > MAX_CHANNELS) {
            throw RejectionReason.UNSUPPORTED.exception(
                    "the number of channels is " + count + "; allowed: at most " + MAX_CHANNELS + " to separate them");
        }
    }

    private void endPart(long nextRate, int nextChannels) throws RejectedException {
        double at = secondsBefore + seconds(frames);
        if (wanted == Channels.EACH && nextChannels != channels) {
            throw RejectionReason.UNSUPPORTED.exception(String.format(
                    Locale.ROOT,
                    "the number of channels changes from %d to %d at %.3f s: they cannot be separated",
                    channels,
                    nextChannels,
                    at));
        }
        if (notes.stream().noneMatch(note -> note.startsWith("the format changes"))) {
            note(String.format(
                    Locale.ROOT,
                    "the format changes at %.3f s, from %d Hz in %d channel(s) to %d Hz in %d",
                    at,
                    sampleRate,
                    channels,
                    nextRate,
                    nextChannels));
        }
        streams.forEach(ResamplingStream::finish);
        streams.clear();
        secondsBefore = at;
        frames = 0;
    }

    /** Returns whether {@link #begin} has been called. */
    boolean begun() {
        return first != null;
    }

    /** Adds a note about a defect of the file; equal notes are kept once. */
    void note(String line) {
        notes.add(line);
    }

    /** Stops clipping samples to [-1, 1]. */
    void keepOvershoot() {
        clipping = false;
    }

    /**
     * Takes the next frames.
     *
     * @param interleaved the samples {@code [frames * channels]}; they are clipped to [-1, 1] unless
     *     {@link #keepOvershoot} was called
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

    /** Ends the audio and checks the minimum duration. */
    SourceFormat finish() throws RejectedException {
        double seconds = secondsBefore + seconds(frames);
        if (seconds == 0) {
            throw RejectionReason.EMPTY.exception("there are no samples");
        }
        if (seconds < settings.minimumSeconds()) {
            throw RejectionReason.TOO_SHORT.exception(String.format(
                    Locale.ROOT, "the duration is %.3f s; allowed: at least %s s", seconds, settings.minimumSeconds()));
        }
        streams.forEach(ResamplingStream::finish);
        return new SourceFormat(container, first.sampleRate(), first.channels(), seconds, String.join("; ", notes));
    }

    private void requireFinite(float[] interleaved, int count) throws RejectedException {
        for (int i = 0; i < count * channels; i++) {
            if (!Float.isFinite(interleaved[i])) {
                throw RejectionReason.NOT_FINITE.exception(
                        "sample " + (frames + i / channels) + " of channel " + i % channels + " is " + interleaved[i]);
            }
        }
    }

    private void rejectTooLong(long atLeast) throws RejectedException {
        double seconds = secondsBefore + seconds(atLeast);
        if (seconds > settings.maximumSeconds()) {
            throw RejectionReason.TOO_LONG.exception(String.format(
                    Locale.ROOT,
                    "the duration is at least %.3f s; allowed: at most %s s",
                    seconds,
                    settings.maximumSeconds()));
        }
    }

    private double seconds(long count) {
        return (double) count / sampleRate;
    }

    private float clip(float sample) {
        return clipping ? Math.max(-1, Math.min(1, sample)) : sample;
    }
}
