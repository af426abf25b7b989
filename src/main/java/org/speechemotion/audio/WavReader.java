package org.speechemotion.audio;

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
    public boolean recognises(byte[] file) {
        boolean riff = FileSignature.startsWith(file, 0, "RIFF")
                || FileSignature.startsWith(file, 0, "RIFX")
                || FileSignature.startsWith(file, 0, "RF64");
        return riff && FileSignature.startsWith(file, 8, "WAVE");
    }

    @Override
    public void read(byte[] file, MonoSink sink) throws RejectedException {
        boolean bigEndian = FileSignature.startsWith(file, 0, "RIFX");
        ByteBuffer buffer = ByteBuffer.wrap(file).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        Format format = null;
        long largeDataSize = UNKNOWN_SIZE;
        long next = 12;
        while (next + 8 <= file.length) {
            int body = (int) next + 8;
            long size = Integer.toUnsignedLong(buffer.getInt(body - 4));
            if (FileSignature.startsWith(file, (int) next, "data")) {
                if (format == null) {
                    throw unreadable("the data chunk at byte " + next + " comes before any fmt chunk");
                }
                readData(buffer, body, size == UNKNOWN_SIZE ? largeDataSize : size, format, sink);
                return;
            }
            if (FileSignature.startsWith(file, (int) next, "fmt ")) {
                format = format(file, buffer, body, size);
            } else if (FileSignature.startsWith(file, (int) next, "ds64") && body + 16 <= file.length) {
                largeDataSize = buffer.getLong(body + 8);
            }
            next = body + size + (size & 1);
        }
        throw unreadable("there is no data chunk in " + file.length + " bytes");
    }

    private static Format format(byte[] file, ByteBuffer buffer, int body, long size) throws RejectedException {
        if (size < 16 || body + size > buffer.limit()) {
            throw unreadable("the fmt chunk at byte " + (body - 8) + " has " + size
                    + " bytes: must be 16 or more, with " + (buffer.limit() - body) + " left in the file");
        }
        boolean extensible = Short.toUnsignedInt(buffer.getShort(body)) == EXTENSIBLE
                && size >= 40
                && FileSignature.startsWith(file, body + 26, GUID_TAIL);
        int tag = Short.toUnsignedInt(buffer.getShort(extensible ? body + 24 : body));
        int channels = Short.toUnsignedInt(buffer.getShort(body + 2));
        long sampleRate = Integer.toUnsignedLong(buffer.getInt(body + 4));
        int frameBytes = Short.toUnsignedInt(buffer.getShort(body + 12));
        int bits = Short.toUnsignedInt(buffer.getShort(body + 14));
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

    private static void readData(ByteBuffer buffer, int body, long size, Format format, MonoSink sink)
            throws RejectedException {
        int available = buffer.limit() - body;
        boolean streamed = size == 0 && Integer.toUnsignedLong(buffer.getInt(4)) + 8 != buffer.limit();
        boolean known = !streamed && size >= 0 && size < available;
        int bytes = known ? (int) size : available;
        int frames = bytes / format.frameBytes();
        if (frames == 0 && bytes > 0) {
            throw unreadable("the data chunk has " + bytes + " bytes: must be a frame, " + format.frameBytes()
                    + " bytes, or more");
        }
        sink.begin(format.sampleRate, format.channels, frames, frames);
        int blockFrames = Math.max(1, BLOCK_SAMPLES / format.channels);
        float[] block = new float[blockFrames * format.channels];
        for (int frame = 0; frame < frames; frame += blockFrames) {
            int count = Math.min(blockFrames, frames - frame);
            format.encoding.decode(buffer, body + frame * format.frameBytes(), block, count * format.channels);
            sink.accept(block, count);
        }
    }

    private static RejectedException unreadable(String message) {
        return new RejectedException(RejectionReason.UNREADABLE, message);
    }
}
