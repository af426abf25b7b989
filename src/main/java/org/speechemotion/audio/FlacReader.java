package org.speechemotion.audio;

import java.io.EOFException;
import java.io.IOException;

/**
 * Reads FLAC (RFC 9639) of every depth and number of channels. Both checksums of every frame must hold; a file cut
 * short gives the whole frames it still has.
 */
final class FlacReader implements ContainerReader {

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
        try {
            input.skip(MAGIC.length());
            BitReader bits = new BitReader(input);
            FlacStreamInfo info = readBlocks(input, bits);
            sink.begin(info.sampleRate(), info.channels(), info.frames(), 0);
            readFrames(new FlacFrame(bits, info), input.length(), info, sink);
        } catch (EOFException cut) {
            throw new RejectedException(RejectionReason.UNREADABLE, cut.getMessage() + ", before any whole frame");
        }
    }

    /** All of the metadata, whose first block must be the stream's description. */
    private static FlacStreamInfo readBlocks(ByteInput input, BitReader bits) throws IOException, RejectedException {
        FlacStreamInfo info = null;
        while (true) {
            int type = (int) bits.unsigned(8);
            int size = (int) bits.unsigned(24);
            if (info == null && ((type & ~LAST_BLOCK) != 0 || size != FlacStreamInfo.BYTES)) {
                throw new RejectedException(
                        RejectionReason.UNREADABLE,
                        "the first metadata block has type " + (type & ~LAST_BLOCK) + " and " + size
                                + " bytes: must be the stream's description, type 0 and " + FlacStreamInfo.BYTES);
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

    private static void readFrames(FlacFrame frame, long end, FlacStreamInfo info, SampleSink sink)
            throws IOException, RejectedException {
        float scale = 1f / (1L << (info.depth() - 1));
        long decoded = 0;
        float[] interleaved = new float[0];
        while (frame.position() < end && (info.frames() == 0 || decoded < info.frames())) {
            try {
                frame.read();
            } catch (EOFException cut) {
                if (decoded == 0) {
                    throw cut;
                }
                return;
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
    }
}
