package org.speechemotion.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.speechemotion.common.RejectedException;

/** Decodes the frames of a {@code data} chunk from the position of the input on. */
final class WavData {

    private static final int BLOCK_SAMPLES = 8192;

    private final ByteInput input;
    private final SampleSink sink;
    private final long start;
    private final int frameBytes;
    private final int channels;
    private final int blockFrames;
    private final ByteBuffer encoded;
    private final float[] block;
    private final FloatScale floats;
    private final WavFormat format;
    private SampleEncoding encoding;
    private boolean begun;
    private boolean aligned;

    /** Creates a decoder of a format with a sample encoding. */
    WavData(ByteInput input, ByteOrder order, WavFormat format, SampleSink sink) {
        this.input = input;
        this.sink = sink;
        this.format = format;
        start = input.position();
        frameBytes = format.frameBytes();
        channels = format.channels();
        encoding = format.encoding().orElseThrow();
        blockFrames = Math.max(1, BLOCK_SAMPLES / channels);
        encoded = ByteBuffer.allocate(blockFrames * frameBytes).order(order);
        block = new float[blockFrames * channels];
        floats = encoding.isFloat() ? new FloatScale(sink, channels) : null;
        aligned = !format.mayBeRightAligned();
    }

    /** Returns the position of the first byte of the data. */
    long start() {
        return start;
    }

    /** Decodes the complete frames up to a position. */
    void readTo(long end) throws IOException, RejectedException {
        long frames = (end - input.position()) / frameBytes;
        if (frames == 0 && !begun && end > start) {
            throw RejectionReason.UNREADABLE.exception("the data chunk has " + (end - start)
                    + " bytes; allowed: at least a frame, " + frameBytes
                    + " bytes");
        }
        sink.begin(format.sampleRate(), channels, frames, frames);
        begun = true;
        for (long frame = 0; frame < frames; frame += blockFrames) {
            int count = (int) Math.min(blockFrames, frames - frame);
            input.read(encoded.array(), count * frameBytes);
            align(count * channels);
            encoding.decode(encoded, 0, block, count * channels);
            if (floats == null) {
                sink.accept(block, count);
            } else {
                floats.accept(block, count);
            }
        }
    }

    /** Skips the incomplete frame up to a position. */
    void finish(long end) throws IOException, RejectedException {
        input.skip(end - input.position());
        if (floats != null) {
            floats.finish();
        }
    }

    /**
     * Detects the alignment of 24 bits in 32, which should be the upper ones. If the first block that is not silent uses
     * the lowest byte, and the highest byte has only signs, they are the lower ones.
     */
    private void align(int samples) {
        if (aligned) {
            return;
        }
        boolean lowest = false;
        for (int i = 0; i < samples; i++) {
            int sample = encoded.getInt(4 * i);
            if (sample != (sample << 8) >> 8) {
                aligned = true;
                return;
            }
            lowest |= (sample & 0xFF) != 0;
        }
        if (lowest) {
            aligned = true;
            encoding = SampleEncoding.SIGNED_24_IN_32;
            sink.note("samples of 24 bits are the lower ones of 32");
        }
    }
}
