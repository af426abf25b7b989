package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Optional;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.Obuffer;

/** Decodes whole frames of one MP3 stream with JLayer, past the 16-bit integers of JLayer's own output. */
final class Mp3FrameDecoder {

    /** What JLayer scales a full amplitude to. */
    private static final float FULL_SCALE = 32_700;

    static {
        // JLayer fills its static tables when they are first needed, without a lock: here, before any thread can race.
        byte[] silence = new byte[417];
        silence[0] = (byte) 0xFF;
        silence[1] = (byte) 0xFB;
        silence[2] = (byte) 0x90;
        Mp3Frames frame = Mp3Frames.find(silence, 0).orElseThrow();
        try {
            new Mp3FrameDecoder(frame, 0).next();
        } catch (RejectedException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Decoder decoder = new Decoder();
    private final FrameBuffer output;
    private final Bitstream stream;

    /** Begins at a byte of the frames. */
    Mp3FrameDecoder(Mp3Frames frames, int start) {
        byte[] bytes = frames.bytes();
        output = new FrameBuffer(frames.first().channels());
        stream = new Bitstream(new ByteArrayInputStream(bytes, start, bytes.length - start));
        decoder.setOutputBuffer(output);
    }

    /**
     * The next frame, interleaved and valid until the one after it is asked for, or nothing at the end.
     *
     * @throws RejectedException if JLayer cannot decode it
     */
    Optional<float[]> next() throws RejectedException {
        try {
            Header header = stream.readFrame();
            if (header == null) {
                return Optional.empty();
            }
            decoder.decodeFrame(header, stream);
            stream.closeFrame();
            return Optional.of(output.interleaved);
        } catch (JavaLayerException | RuntimeException e) {
            // JLayer checks little of what it reads: damage shows as an index out of bounds, or anything else.
            throw new RejectedException(RejectionReason.UNREADABLE, "a frame cannot be decoded: " + e);
        }
    }

    /** Receives a frame 32 samples of one channel at a time. */
    private static final class FrameBuffer extends Obuffer {

        private static final int LONGEST_FRAME = 1152;
        private static final int PIECE = 32;

        private final int channels;
        private final float[] interleaved;
        private final int[] filled;

        FrameBuffer(int channels) {
            this.channels = channels;
            interleaved = new float[LONGEST_FRAME * channels];
            filled = new int[channels];
        }

        @Override
        public void appendSamples(int channel, float[] samples) {
            for (int i = 0; i < PIECE; i++) {
                interleaved[(filled[channel] + i) * channels + channel] = samples[i] / FULL_SCALE;
            }
            filled[channel] += PIECE;
        }

        @Override
        public void append(int channel, short sample) {
            throw new UnsupportedOperationException("JLayer gives whole pieces");
        }

        @Override
        public void clear_buffer() {
            Arrays.fill(filled, 0);
        }

        @Override
        public void write_buffer(int value) {}

        @Override
        public void close() {}

        @Override
        public void set_stop_flag() {}
    }
}
