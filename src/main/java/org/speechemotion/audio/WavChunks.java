package org.speechemotion.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.speechemotion.common.RejectedException;

/**
 * Reads the chunks of a WAV file in one pass. Further {@code data} chunks, and further files after the first, belong to
 * the recording. A size is accepted if valid data follow at its end.
 */
final class WavChunks {

    private static final int RIFF = 0x52494646;
    private static final int RIFX = 0x52494658;
    private static final int RF64 = 0x52463634;
    private static final int BW64 = 0x42573634;
    private static final int WAVE = 0x57415645;
    private static final int RIFF_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int DS64_BYTES = 16;
    private static final long UNKNOWN_SIZE = 0xFFFFFFFFL;
    private static final long WRAP = 1L << 32;

    /** Larger sizes are placeholders in headers that were written before the length was known. */
    private static final long PLACEHOLDER_SIZE = 0x7FFF0000L;

    private static final Set<String> KNOWN = Set.of(
            "fmt ", "data", "LIST", "fact", "JUNK", "junk", "PAD ", "FLLR", "bext", "iXML", "axml", "chna", "cue ",
            "smpl", "inst", "plst", "PEAK", "DISP", "id3 ", "ID3 ", "ds64", "afsp", "_PMX", "levl", "umid", "cart",
            "acid", "note", "ltxt", "labl", "minf", "elm1", "regn", "slnt", "wavl");

    private final ByteInput input;
    private final SampleSink sink;
    private final Leftover leftover = new Leftover();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private long riffEnd;
    private long largeDataSize = -1;
    private WavFormat format;
    private boolean found;

    WavChunks(ByteInput input, SampleSink sink) {
        this.input = input;
        this.sink = sink;
    }

    /** Returns whether a WAV file begins here. */
    static boolean isHeader(ByteInput input) throws IOException {
        int id = input.fourAhead(0);
        return (id == RIFF || id == RIFX || id == RF64 || id == BW64) && input.fourAhead(8) == WAVE;
    }

    /** Decodes the whole file. */
    void read() throws IOException, RejectedException {
        readHeader();
        while (input.remaining() >= CHUNK_HEADER_BYTES) {
            if (isHeader(input)) {
                readHeader();
            } else if (found && !isChunk(0)) {
                leftover.pass(input);
            } else {
                readChunk();
            }
        }
        if (!found) {
            throw unreadable("there is no data chunk in " + input.length() + " bytes");
        }
        while (input.remaining() > 0) {
            leftover.pass(input);
        }
        leftover.settle(input, sink);
    }

    private void readHeader() throws IOException {
        order = input.fourAhead(0) == RIFX ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        riffEnd = input.position() + CHUNK_HEADER_BYTES + size(0);
        largeDataSize = -1;
        input.skip(RIFF_HEADER_BYTES);
    }

    private void readChunk() throws IOException, RejectedException {
        int id = input.fourAhead(0);
        long size = size(0);
        long start = input.position();
        input.skip(CHUNK_HEADER_BYTES);
        switch (id) {
            case 0x64617461 -> { // data
                if (format == null) {
                    throw unreadable("the data chunk at byte " + start + " comes before any fmt chunk");
                }
                found = true;
                readData(size);
                return;
            }
            case 0x666D7420 -> readFormat(start, size); // fmt
            case 0x64733634 -> { // ds64
                byte[] sizes = input.ahead(DS64_BYTES);
                largeDataSize = sizes.length < DS64_BYTES
                        ? largeDataSize
                        : ByteBuffer.wrap(sizes).order(order).getLong(8);
            }
            default -> {
                // Other chunks do not describe the samples.
            }
        }
        if (size > input.remaining() && !found) {
            sink.note("the chunk at byte " + start + " says that it has " + size
                    + " bytes, which is wrong and was ignored");
            while (input.remaining() > CHUNK_HEADER_BYTES && !isChunk(0)) {
                input.skip(1);
            }
            return;
        }
        input.skip(size);
        skipPadding(size);
    }

    private void readFormat(long start, long size) throws IOException, RejectedException {
        if (size < WavFormat.MIN_BYTES || size > input.remaining()) {
            throw unreadable("the fmt chunk at byte " + start + " has " + size + " bytes; allowed: at least "
                    + WavFormat.MIN_BYTES + ", with " + input.remaining() + " left in the file");
        }
        format = WavFormat.read(input.ahead((int) Math.min(size, WavFormat.MAX_BYTES)), order);
        if (!format.note().isEmpty()) {
            sink.note(format.note());
        }
    }

    private void readData(long size) throws IOException, RejectedException {
        long start = input.position();
        boolean streamed = size == 0 && riffEnd != input.length();
        long bytes = size == UNKNOWN_SIZE ? largeDataSize : size;
        boolean unknown = streamed || (size == UNKNOWN_SIZE && largeDataSize <= 0);
        long end = unknown || bytes > input.remaining() ? input.length() : start + bytes;
        if (end == input.length() && size < PLACEHOLDER_SIZE && start + size > end) {
            sink.note("the file is cut short: " + (end - start) + " of the " + size + " bytes of its data are there");
        }
        if (format.encoding().isEmpty()) {
            input.limit(end);
            Mp3Reader.readFrames(input, sink);
            input.limit(input.length());
            skipPadding(end - start);
            return;
        }
        WavData data = new WavData(input, order, format, sink);
        data.readTo(end);
        while (end < input.length() && audioGoesOn(data.start(), end)) {
            end = Math.min(input.length(), input.length() > WRAP ? end + WRAP : input.length());
            sink.note("the data chunk says that it has " + size + " bytes, which is wrong and was ignored");
            data.readTo(end);
        }
        data.finish(end);
        skipPadding(end - start);
    }

    /**
     * Returns whether the data continue beyond their stated size, because the size has overflowed, or the size of the
     * file is the right one.
     */
    private boolean audioGoesOn(long start, long end) throws IOException {
        long offset = end - input.position();
        boolean wrapped = input.length() - end >= WRAP;
        if (offset + RIFF_HEADER_BYTES + 1 > ByteInput.LOOK_AHEAD) {
            return wrapped;
        }
        boolean padded = ((end - start) & 1) == 1 && isChunk((int) offset + 1);
        boolean riffGoesOn = riffEnd == input.length() && riffEnd - end > 1;
        return (wrapped || riffGoesOn) && !padded && !isChunk((int) offset);
    }

    /** Returns whether a chunk or another WAV file seems to begin at an offset. */
    private boolean isChunk(int offset) throws IOException {
        int id = input.fourAhead(offset);
        byte[] letters = {(byte) (id >> 24), (byte) (id >> 16), (byte) (id >> 8), (byte) id};
        for (byte letter : letters) {
            if (letter != ' ' && letter != '_' && !(letter >= 0 && Character.isLetterOrDigit(letter))) {
                return false;
            }
        }
        return KNOWN.contains(new String(letters, StandardCharsets.US_ASCII))
                || (id == RIFF && input.fourAhead(offset + 8) == WAVE)
                || (input.length() < WRAP && size(offset) <= input.remaining() - offset - CHUNK_HEADER_BYTES);
    }

    /** Skips the padding byte after a chunk of odd length, which some programs omit. */
    private void skipPadding(long size) throws IOException {
        if ((size & 1) == 1 && input.remaining() > 0 && (input.fourAhead(0) >>> 24 == 0 || !isChunk(0))) {
            input.skip(1);
        }
    }

    /** Returns the size field of a file or chunk, after its four letters. */
    private long size(int offset) throws IOException {
        int bits = input.fourAhead(offset + Integer.BYTES);
        return Integer.toUnsignedLong(order == ByteOrder.BIG_ENDIAN ? bits : Integer.reverseBytes(bits));
    }

    private static RejectedException unreadable(String message) {
        return RejectionReason.UNREADABLE.exception(message);
    }
}
