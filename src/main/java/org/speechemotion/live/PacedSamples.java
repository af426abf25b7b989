package org.speechemotion.live;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.audio.SourceFormat;

/**
 * Passes the samples of a file to a recording at the speed at which they would be heard, or as fast as they are scored. Not
 * thread-safe.
 */
public final class PacedSamples implements SampleConsumer {
    private final LiveRecording recording;
    private final int sampleRate;
    private final boolean realTime;
    private final BooleanSupplier stopped;
    private final long start = System.nanoTime();
    private int channels;
    private long samples;

    /**
     * Begins a file.
     *
     * @param sampleRate the sample rate in Hz
     * @param stopped tells whether the rest is not to be heard; it is asked once for every block
     */
    public PacedSamples(LiveRecording recording, int sampleRate, boolean realTime, BooleanSupplier stopped) {
        this.recording = recording;
        this.sampleRate = sampleRate;
        this.realTime = realTime;
        this.stopped = stopped;
    }

    @Override
    public void begin(int count, long certain) {
        channels = count;
        recording.begin(count, certain);
    }

    /**
     * Passes samples on, and waits until they have been heard.
     *
     * @throws CancellationException if the file was stopped, or the thread was interrupted
     */
    @Override
    public void accept(int channel, float[] block, int count) {
        recording.accept(channel, block, count);
        samples += channel == 0 ? count : 0;
        if (stopped.getAsBoolean()) {
            throw new CancellationException();
        }
        try {
            if (realTime) {
                long early = (long) (samples * 1e9 / sampleRate) - (System.nanoTime() - start);
                Thread.sleep(Math.max(0, early / 1_000_000));
            } else {
                recording.awaitRoom();
            }
        } catch (InterruptedException e) {
            throw new CancellationException();
        }
    }

    /** Returns the format of the part that was played before the file was stopped. */
    public SourceFormat heard() {
        return new SourceFormat(
                "pcm", sampleRate, channels, (double) samples / sampleRate, "stopped before the end of the file");
    }
}
