package org.speechemotion.audio;

import java.io.EOFException;

/**
 * Reads FLAC (RFC 9639) of every depth and number of channels. Both checksums of every frame must hold; a file cut
 * short gives the whole frames it still has.
 */
final class FlacReader implements ContainerReader {

    private static final String MAGIC = "fLaC";
    private static final int BLOCK_HEADER_BYTES = 4;
    private static final int LAST_BLOCK = 0x80;

    @Override
    public String container() {
        return "flac";
    }

    @Override
    public boolean recognises(byte[] file) {
        return FileSignature.startsWith(file, Id3.skip(file), MAGIC);
    }

    @Override
    public void read(byte[] file, MonoSink sink) throws RejectedException {
        int firstBlock = Id3.skip(file) + MAGIC.length();
        try {
            int frames = skipBlocks(file, firstBlock);
            FlacStreamInfo info = FlacStreamInfo.read(file, firstBlock + BLOCK_HEADER_BYTES);
            sink.begin(info.sampleRate(), info.channels(), info.frames(), 0);
            readFrames(new FlacFrame(file, frames, info), file.length, info, sink);
        } catch (EOFException cut) {
            throw new RejectedException(RejectionReason.UNREADABLE, cut.getMessage() + ", before any whole frame");
        }
    }

    /** The first byte after the metadata, whose first block must be the stream's description. */
    private static int skipBlocks(byte[] file, int firstBlock) throws EOFException, RejectedException {
        int block = firstBlock;
        while (true) {
            BitReader bits = new BitReader(file, block);
            int type = (int) bits.unsigned(8);
            int size = (int) bits.unsigned(24);
            if (block == firstBlock && ((type & ~LAST_BLOCK) != 0 || size != FlacStreamInfo.BYTES)) {
                throw new RejectedException(
                        RejectionReason.UNREADABLE,
                        "the first metadata block has type " + (type & ~LAST_BLOCK) + " and " + size
                                + " bytes: must be the stream's description, type 0 and " + FlacStreamInfo.BYTES);
            }
            int next = block + BLOCK_HEADER_BYTES + size;
            if (next < 0 || next > file.length) {
                throw new EOFException("the file ends at byte " + file.length + " within its metadata");
            }
            if ((type & LAST_BLOCK) != 0) {
                return next;
            }
            block = next;
        }
    }

    private static void readFrames(FlacFrame frame, int end, FlacStreamInfo info, MonoSink sink)
            throws EOFException, RejectedException {
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
