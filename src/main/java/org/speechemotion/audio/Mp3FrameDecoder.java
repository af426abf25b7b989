package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.Obuffer;
import org.speechemotion.common.RejectedException;

/**
 * Decodes the frames of one MP3 stream with JLayer to floating point, without the 16-bit integers of JLayer's own output.
 */
final class Mp3FrameDecoder {

    /** The full scale of JLayer's samples. */
    private static final float FULL_SCALE = 32_700;

    static {
        // JLayer initialises its static tables lazily and without a lock, so this is done here before threads can race.
        byte[] silence = new byte[417];
        silence[0] = (byte) 0xFF;
        silence[1] = (byte) 0xFB;
        silence[2] = (byte) 0x90;
        Mp3Frames frame = new Mp3Frames(new ByteInput(new ByteArrayInputStream(silence), silence.length));
        try {
            frame.nextPart();
            new Mp3FrameDecoder(frame, false).next();
        } catch (IOException | RejectedException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Decoder decoder = new Decoder();
    private final FrameBuffer output;
    private final FrameStream frames;
    private final Bitstream stream;

    /** Creates a decoder that begins with the current frame or with the next one. */
    Mp3FrameDecoder(Mp3Frames frames, boolean withoutCurrent) {
        output = new FrameBuffer(frames.first().channels());
        this.frames = new FrameStream(frames, withoutCurrent);
        stream = new Bitstream(this.frames);
        decoder.setOutputBuffer(output);
    }

    /**
     * Returns the next frame, interleaved and valid until the next call; empty at the end.
     *
     * @throws IOException if the file cannot be read
     * @throws RejectedException if JLayer cannot decode it
     */
    Optional<float[]> next() throws IOException, RejectedException {
        try {
            Header header = stream.readFrame();
            frames.check();
            if (header == null) {
                return Optional.empty();
            }
            output.clear_buffer();
            decoder.decodeFrame(header, stream);
            stream.closeFrame();
            return Optional.of(output.interleaved);
        } catch (JavaLayerException | RuntimeException e) {
            frames.check();
            // JLayer validates little, so that damage may cause any exception, such as an index out of bounds.
            throw RejectionReason.UNREADABLE.exception(
                    "a frame cannot be decoded: " + e.getClass().getSimpleName());
        }
    }

    /** Concatenates the frames and stores a read failure, which JLayer would treat as the end or as damage. */
    private static final class FrameStream extends InputStream {

        private final Mp3Frames frames;
        private int at;
        private boolean ended;
        private IOException failure;
        private RejectedException rejection;

        FrameStream(Mp3Frames frames, boolean withoutCurrent) {
            this.frames = frames;
            at = withoutCurrent ? frames.current().length : 0;
        }

        void check() throws IOException, RejectedException {
            if (failure != null) {
                throw failure;
            }
            if (rejection != null) {
                throw rejection;
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (ended) {
                return -1;
            }
            if (at == frames.current().length) {
                try {
                    ended = !frames.next();
                    if (ended) {
                        return -1;
                    }
                } catch (IOException e) {
                    failure = e;
                    throw e;
                } catch (RejectedException e) {
                    rejection = e;
                    ended = true;
                    return -1;
                }
                at = 0;
            }
            int count = Math.min(length, frames.current().length - at);
            System.arraycopy(frames.current(), at, to, from, count);
            at += count;
            return count;
        }
    }

    /** Receives a frame in pieces of 32 samples of one channel. */
    private static final class FrameBuffer extends Obuffer {

        private static final int MAX_FRAME = 1152;
        private static final int PIECE = 32;

        private final int channels;
        private final float[] interleaved;
        private final int[] filled;

        FrameBuffer(int channels) {
            this.channels = channels;
            interleaved = new float[MAX_FRAME * channels];
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
            // A damaged frame may not fill the buffer; the rest is silence instead of the previous frame.
            Arrays.fill(interleaved, 0);
        }

        @Override
        public void write_buffer(int value) {}

        @Override
        public void close() {}

        @Override
        public void set_stop_flag() {}
    }
}
