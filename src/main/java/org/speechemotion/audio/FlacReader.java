package org.speechemotion.audio;

import java.io.EOFException;
import java.io.IOException;
import org.speechemotion.common.RejectedException;

/**
 * Reads FLAC (RFC 9639) of every depth and number of channels. Both checksums of every frame must be valid. Of a
 * truncated file, all complete frames are decoded.
 */
final class FlacReader implements OwnReader {

    private static final String MAGIC = "fLaC";
    private static final int LAST_BLOCK = 0x80;

    @Override
    public String container() {
        return "flac";
    }

    @Override
    public boolean recognises(ByteInput input) throws IOException {
        return FileSignature.startsWith(input.ahead(MAGIC.length()), 0, MAGIC);
    }

    @Override
    public void read(ByteInput input, SampleSink sink) throws IOException, RejectedException {
        Leftover leftover = new Leftover();
        try {
            readStream(input, sink, leftover);
        } catch (EOFException cut) {
            throw RejectionReason.UNREADABLE.exception(cut.getMessage() + ", before any whole frame");
        }
        try {
            while (input.remaining() > 0) {
                readStream(input, sink, leftover);
            }
        } catch (EOFException cut) {
            sink.note("the file is cut short at the beginning of a further FLAC stream");
        }
        leftover.settle(input, sink);
    }

    /** Reads one stream, which may be followed by another. */
    private void readStream(ByteInput input, SampleSink sink, Leftover leftover) throws IOException, RejectedException {
        input.skip(MAGIC.length());
        BitReader bits = new BitReader(input);
        FlacStreamInfo info = readBlocks(input, bits);
        sink.begin(info.sampleRate(), info.channels(), info.frames(), 0);
        long decoded = readFrames(input, new FlacFrame(bits, info), info, sink);
        if (info.frames() > 0 && info.frames() != decoded) {
            sink.note("the header counts " + info.frames() + " samples of each channel, but there are " + decoded);
        }
        passToNextStream(input, info, leftover);
    }

    /**
     * Skips the data after the last frame.
     *
     * @throws RejectedException if further frames of the same stream follow, since one in between is damaged
     */
    private void passToNextStream(ByteInput input, FlacStreamInfo info, Leftover leftover)
            throws IOException, RejectedException {
        long start = input.position();
        boolean damaged = FlacFrame.isSync(input.fourAhead(0));
        while (input.remaining() > 0 && !recognises(input)) {
            if (damaged || FlacFrame.begins(input, info)) {
                throw RejectionReason.UNREADABLE.exception(
                        "the frame at byte " + start + " is damaged or of another format than the stream");
            }
            leftover.pass(input);
        }
    }

    /** Reads all metadata blocks, the first of which must be the stream info. */
    private static FlacStreamInfo readBlocks(ByteInput input, BitReader bits) throws IOException, RejectedException {
        FlacStreamInfo info = null;
        while (true) {
            int type = (int) bits.unsigned(8);
            int size = (int) bits.unsigned(24);
            if (info == null && ((type & ~LAST_BLOCK) != 0 || size != FlacStreamInfo.BYTES)) {
                throw RejectionReason.UNREADABLE.exception("the first metadata block has type " + (type & ~LAST_BLOCK)
                        + " and " + size + " bytes; allowed: the stream info, type 0 and " + FlacStreamInfo.BYTES);
            }
            if (size > input.remaining()) {
                throw new EOFException("the file ends at byte " + input.length() + " within its metadata");
            }
            if (info == null) {
                info = FlacStreamInfo.read(bits);
            } else {
                input.skip(size);
            }
            if ((type & LAST_BLOCK) != 0) {
                return info;
            }
        }
    }

    /** Decodes all frames regardless of the count in the header, and returns the number of samples. */
    private static long readFrames(ByteInput input, FlacFrame frame, FlacStreamInfo info, SampleSink sink)
            throws IOException, RejectedException {
        float scale = 1f / (1L << (info.depth() - 1));
        long decoded = 0;
        float[] interleaved = new float[0];
        while (input.remaining() > 0 && (isMissing(decoded, info) || FlacFrame.begins(input, info))) {
            try {
                frame.read();
            } catch (EOFException cut) {
                if (decoded == 0) {
                    throw cut;
                }
                sink.note("the file is cut short within its last FLAC frame");
                return decoded;
            }
            int length = frame.length();
            if (interleaved.length < length * info.channels()) {
                interleaved = new float[length * info.channels()];
            }
            for (int i = 0; i < length; i++) {
                for (int channel = 0; channel < info.channels(); channel++) {
                    interleaved[i * info.channels() + channel] = frame.sample(channel, i) * scale;
                }
            }
            sink.accept(interleaved, length);
            decoded += length;
        }
        return decoded;
    }

    /** Returns whether a frame must follow, so that the error describes its damage. */
    private static boolean isMissing(long decoded, FlacStreamInfo info) {
        return decoded == 0 || decoded < info.frames();
    }
}
