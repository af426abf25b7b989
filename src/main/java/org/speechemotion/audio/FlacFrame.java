package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.speechemotion.common.RejectedException;

/** Decodes FLAC frames (RFC 9639, section 9) and verifies both checksums of each. */
final class FlacFrame {

    private static final int SYNC = 0b11_1111_1111_1110;
    private static final int MAX_HEADER_BYTES = 16;
    private static final int LEFT_SIDE = 8;
    private static final int SIDE_RIGHT = 9;
    private static final int MID_SIDE = 10;
    private static final int[] SAMPLE_RATES = {
        0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
    };
    private static final int[] DEPTHS = {0, 8, 12, -1, 16, 20, 24, 32};

    private final FlacStreamInfo info;
    private final BitReader bits;
    private final long[][] channels;
    private int length;

    /** Creates a decoder at the beginning of the first frame. */
    FlacFrame(BitReader bits, FlacStreamInfo info) {
        this.info = info;
        this.bits = bits;
        channels = new long[info.channels()][0];
    }

    /** Returns whether 32 bits may begin a frame, as a quick check. */
    static boolean isSync(int bits) {
        return bits >>> 17 == SYNC << 1;
    }

    /** Returns whether a frame header of this stream with a valid checksum begins here; nothing is read. */
    static boolean begins(ByteInput input, FlacStreamInfo info) throws IOException {
        if (!isSync(input.fourAhead(0))) {
            return false;
        }
        byte[] ahead = input.ahead(MAX_HEADER_BYTES);
        try {
            BitReader bits = new BitReader(new ByteInput(new ByteArrayInputStream(ahead), ahead.length));
            bits.beginChecksums();
            new FlacFrame(bits, info).readHeader(input.position());
            return true;
        } catch (EOFException | RejectedException e) {
            return false;
        }
    }

    /** Returns the position of the first byte after the last frame that was read. */
    long position() {
        return bits.position();
    }

    /** Returns the number of samples of each channel of the last frame. */
    int length() {
        return length;
    }

    /** Returns a sample of the last frame as an integer of the stream's depth. */
    long sample(int channel, int index) {
        return channels[channel][index];
    }

    /**
     * Decodes the next frame.
     *
     * @throws EOFException if the file ends within it
     * @throws RejectedException if it is damaged or contradicts the header of the file
     */
    void read() throws IOException, RejectedException {
        long start = position();
        bits.beginChecksums();
        int assignment = readHeader(start);
        for (int channel = 0; channel < channels.length; channel++) {
            if (channels[channel].length < length) {
                channels[channel] = new long[length];
            }
            boolean side = assignment == SIDE_RIGHT ? channel == 0 : assignment > 7 && channel == 1;
            FlacSubframe.decode(bits, channels[channel], length, info.depth() + (side ? 1 : 0));
        }
        bits.align();
        int checksum = bits.checksumSixteen();
        require(bits.unsigned(16) == checksum, start, "fails its CRC-16");
        decorrelate(assignment);
    }

    private int readHeader(long start) throws IOException, RejectedException {
        require(bits.unsigned(14) == SYNC && bits.unsigned(1) == 0, start, "lacks the sync code");
        bits.unsigned(1);
        int lengthCode = (int) bits.unsigned(4);
        int rateCode = (int) bits.unsigned(4);
        int assignment = (int) bits.unsigned(4);
        int depth = DEPTHS[(int) bits.unsigned(3)];
        require(bits.unsigned(1) == 0, start, "has a reserved bit set");
        skipNumber(start);
        length = switch (lengthCode) {
            case 0 -> throw damaged(start, "has the reserved block size 0");
            case 1 -> 192;
            case 2, 3, 4, 5 -> 576 << (lengthCode - 2);
            case 6 -> (int) bits.unsigned(8) + 1;
            case 7 -> (int) bits.unsigned(16) + 1;
            default -> 256 << (lengthCode - 8);
        };
        long rate =
                switch (rateCode) {
                    case 12 -> bits.unsigned(8) * 1000;
                    case 13 -> bits.unsigned(16);
                    case 14 -> bits.unsigned(16) * 10;
                    case 15 -> throw damaged(start, "has the forbidden sample rate 15");
                    default -> SAMPLE_RATES[rateCode];
                };
        int checksum = bits.checksumEight();
        require(bits.unsigned(8) == checksum, start, "fails its header's CRC-8");
        require(assignment <= MID_SIDE, start, "has the reserved channel assignment " + assignment);
        int count = assignment < LEFT_SIDE ? assignment + 1 : 2;
        boolean alike = count == info.channels()
                && (rateCode == 0 || rate == info.sampleRate())
                && (depth == 0 || depth == info.depth());
        require(alike, start, "has another number of channels, sample rate or bit depth than the stream");
        return assignment;
    }

    /**
     * Skips the number of the frame, which is encoded like UTF-8. Frames are read in order, so only its length matters.
     */
    private void skipNumber(long start) throws IOException, RejectedException {
        int first = (int) bits.unsigned(8);
        int leadingOnes = Integer.numberOfLeadingZeros(~(first << 24));
        require(leadingOnes != 1 && leadingOnes <= 7, start, "has a damaged number");
        for (int i = 1; i < leadingOnes; i++) {
            require(bits.unsigned(8) >> 6 == 0b10, start, "has a damaged number");
        }
    }

    private void decorrelate(int assignment) {
        for (int i = 0; i < length && assignment >= LEFT_SIDE; i++) {
            long first = channels[0][i];
            long second = channels[1][i];
            switch (assignment) {
                case LEFT_SIDE -> channels[1][i] = first - second;
                case SIDE_RIGHT -> channels[0][i] = first + second;
                default -> {
                    long twiceMid = (first << 1) | (second & 1);
                    channels[0][i] = (twiceMid + second) >> 1;
                    channels[1][i] = (twiceMid - second) >> 1;
                }
            }
        }
    }

    private static void require(boolean valid, long start, String otherwise) throws RejectedException {
        if (!valid) {
            throw damaged(start, otherwise);
        }
    }

    private static RejectedException damaged(long start, String problem) {
        return RejectionReason.UNREADABLE.exception("the frame at byte " + start + " " + problem);
    }
}
