package org.speechemotion.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads WAV (Microsoft's <em>Multimedia Programming Interface and Data Specifications 1.0</em>), its big-endian form
 * RIFX, and RF64 (EBU Tech 3306). A file cut short gives the whole frames it still has.
 */
final class WavReader implements ContainerReader {

    private static final int EXTENSIBLE = 0xFFFE;

    /** The GUID of a format tag is the tag and these bytes: KSDATAFORMAT_SUBTYPE_WAVEFORMATEX. */
    private static final String GUID_TAIL =
            "\u0000\u0000\u0000\u0000\u0010\u0000\u0080\u0000\u0000\u00aa\u00008\u009bq";

    private static final long UNKNOWN_SIZE = 0xFFFFFFFFL;
    private static final int BLOCK_SAMPLES = 8192;
    private static final int RIFF_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int EXTENSIBLE_BYTES = 40;
    private static final int DS64_BYTES = 16;

    private record Format(SampleEncoding encoding, int channels, long sampleRate) {
        int frameBytes() {
            return channels * encoding.bytes();
        }
    }

    @Override
    public String container() {
        return "wav";
    }

    @Override
    public boolean recognises(ByteInput input) throws IOException {
        byte[] head = input.ahead(RIFF_HEADER_BYTES);
        boolean riff = FileSignature.startsWith(head, 0, "RIFF")
                || FileSignature.startsWith(head, 0, "RIFX")
                || FileSignature.startsWith(head, 0, "RF64");
        return input.position() == 0 && riff && FileSignature.startsWith(head, 8, "WAVE");
    }

    @Override
    public void read(ByteInput input, SampleSink sink) throws IOException, RejectedException {
        byte[] head = input.ahead(RIFF_HEADER_BYTES);
        ByteOrder order = FileSignature.startsWith(head, 0, "RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long riffSize = size(head, order);
        input.skip(RIFF_HEADER_BYTES);
        Format format = null;
        long largeDataSize = -1;
        while (input.remaining() >= CHUNK_HEADER_BYTES) {
            byte[] chunk = input.ahead(CHUNK_HEADER_BYTES);
            long size = size(chunk, order);
            if (FileSignature.startsWith(chunk, 0, "data")) {
                if (format == null) {
                    throw unreadable("the data chunk at byte " + input.position() + " comes before any fmt chunk");
                }
                input.skip(CHUNK_HEADER_BYTES);
                boolean streamed = size == 0 && riffSize + CHUNK_HEADER_BYTES != input.length();
                long bytes = size == UNKNOWN_SIZE ? largeDataSize : size;
                boolean known = !streamed && bytes >= 0 && bytes < input.remaining();
                readData(input, order, known ? bytes : input.remaining(), format, sink);
                return;
            }
            input.skip(CHUNK_HEADER_BYTES);
            if (FileSignature.startsWith(chunk, 0, "fmt ")) {
                format = format(input, order, size);
            } else if (FileSignature.startsWith(chunk, 0, "ds64")) {
                byte[] sizes = input.ahead(DS64_BYTES);
                largeDataSize = sizes.length < DS64_BYTES
                        ? largeDataSize
                        : ByteBuffer.wrap(sizes).order(order).getLong(8);
            }
            input.skip(size + (size & 1));
        }
        throw unreadable("there is no data chunk in " + input.length() + " bytes");
    }

    /** The number behind the four letters that a file or a chunk begins with. */
    private static long size(byte[] header, ByteOrder order) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(header).order(order).getInt(4));
    }

    private static Format format(ByteInput input, ByteOrder order, long size) throws IOException, RejectedException {
        if (size < 16 || size > input.remaining()) {
            throw unreadable("the fmt chunk at byte " + (input.position() - CHUNK_HEADER_BYTES) + " has " + size
                    + " bytes: must be 16 or more, with " + input.remaining() + " left in the file");
        }
        byte[] content = input.ahead((int) Math.min(size, EXTENSIBLE_BYTES));
        ByteBuffer buffer = ByteBuffer.wrap(content).order(order);
        boolean extensible = Short.toUnsignedInt(buffer.getShort(0)) == EXTENSIBLE
                && size >= EXTENSIBLE_BYTES
                && FileSignature.startsWith(content, 26, GUID_TAIL);
        int tag = Short.toUnsignedInt(buffer.getShort(extensible ? 24 : 0));
        int channels = Short.toUnsignedInt(buffer.getShort(2));
        long sampleRate = Integer.toUnsignedLong(buffer.getInt(4));
        int frameBytes = Short.toUnsignedInt(buffer.getShort(12));
        int bits = Short.toUnsignedInt(buffer.getShort(14));
        int sampleBytes = (bits + 7) / 8;
        SampleEncoding encoding = SampleEncoding.of(tag, sampleBytes)
                .orElseThrow(() -> new RejectedException(
                        RejectionReason.UNSUPPORTED,
                        String.format(
                                "format tag 0x%04X with %d bits: must be PCM (0x0001) of 8 to 32 bits, "
                                        + "floating point (0x0003) of 32 or 64, A-law (0x0006) or mu-law (0x0007) of 8",
                                tag, bits)));
        if (channels == 0 || frameBytes != channels * sampleBytes) {
            throw unreadable(
                    "frames have " + frameBytes + " bytes: must be " + channels + " channels of " + sampleBytes);
        }
        return new Format(encoding, channels, sampleRate);
    }

    private static void readData(ByteInput input, ByteOrder order, long bytes, Format format, SampleSink sink)
            throws IOException, RejectedException {
        long frames = bytes / format.frameBytes();
        if (frames == 0 && bytes > 0) {
            throw unreadable("the data chunk has " + bytes + " bytes: must be a frame, " + format.frameBytes()
                    + " bytes, or more");
        }
        sink.begin(format.sampleRate, format.channels, frames, frames);
        int blockFrames = Math.max(1, BLOCK_SAMPLES / format.channels);
        byte[] encoded = new byte[blockFrames * format.frameBytes()];
        ByteBuffer buffer = ByteBuffer.wrap(encoded).order(order);
        float[] block = new float[blockFrames * format.channels];
        for (long frame = 0; frame < frames; frame += blockFrames) {
            int count = (int) Math.min(blockFrames, frames - frame);
            input.read(encoded, count * format.frameBytes());
            format.encoding.decode(buffer, 0, block, count * format.channels);
            sink.accept(block, count);
        }
    }

    private static RejectedException unreadable(String message) {
        return new RejectedException(RejectionReason.UNREADABLE, message);
    }
}
