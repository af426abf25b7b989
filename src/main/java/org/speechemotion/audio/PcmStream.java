package org.speechemotion.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Result;

/**
 * Decodes raw PCM that arrives in pieces of any size. Mixing, resampling and limits are those of {@link AudioDecoder}, so the
 * samples are those of a WAV file with the same data and do not depend on the sizes of the pieces. Each piece passes on every sample that
 * it determines; memory does not grow. It is not thread-safe.
 */
public final class PcmStream {
    private static final int BLOCK_SAMPLES = 8192;

    /** The maximum magnitude of a floating-point sample, 24 dB beyond full scale. */
    private static final float MAX_OVERSHOOT = 16;

    private final PcmFormat format;
    private final SampleSink sink;
    private final ByteBuffer encoded;
    private final float[] block;
    private int filled;

    /**
     * Begins a stream.
     *
     * @param channels whether the channels are mixed or separate
     * @throws RejectedException if the channels cannot be separated
     */
    public PcmStream(PcmFormat format, AudioSettings settings, Channels channels, SampleConsumer consumer)
            throws RejectedException {
        this.format = format;
        sink = new SampleSink(settings, "pcm", channels, consumer);
        int frames = Math.max(1, BLOCK_SAMPLES / format.channels());
        encoded = ByteBuffer.allocate(frames * format.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
        block = new float[frames * format.channels()];
        sink.begin(format.sampleRate(), format.channels(), 0, 0);
        if (format.encoding() == PcmFormat.Encoding.F32LE) {
            sink.keepOvershoot();
        }
    }

    /**
     * Takes the next bytes. An incomplete frame at their end is kept for the next call.
     *
     * @param bytes the bytes, which are read to the limit of the buffer
     * @throws RejectedException if a sample is not finite or far beyond full scale, or the stream becomes too long; nothing
     *     may follow
     */
    public void accept(ByteBuffer bytes) throws RejectedException {
        while (bytes.hasRemaining()) {
            int piece = Math.min(bytes.remaining(), encoded.capacity() - filled);
            bytes.get(encoded.array(), filled, piece);
            filled += piece;
            int frames = filled / format.frameBytes();
            format.encoding().samples().decode(encoded, 0, block, frames * format.channels());
            requireScale(frames * format.channels());
            sink.accept(block, frames);
            int used = frames * format.frameBytes();
            System.arraycopy(encoded.array(), used, encoded.array(), 0, filled - used);
            filled -= used;
        }
    }

    /** Ends the stream, drops an incomplete frame, and returns the format, or the rejection of a stream that is too short. */
    public Result<SourceFormat> finish() {
        try {
            return Result.accepted(sink.finish());
        } catch (RejectedException rejected) {
            return Result.rejected(rejected.rejection());
        }
    }

    private void requireScale(int samples) throws RejectedException {
        for (int i = 0; i < samples; i++) {
            if (Math.abs(block[i]) > MAX_OVERSHOOT && Float.isFinite(block[i])) {
                throw RejectionReason.UNREADABLE.exception(String.format(
                        Locale.ROOT,
                        "floating-point samples reach %.4g; allowed: [-1, 1] or a little beyond",
                        Math.abs(block[i])));
            }
        }
    }
}
