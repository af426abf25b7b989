package org.speechemotion.audio;

import java.io.IOException;
import java.util.Optional;
import org.speechemotion.common.RejectedException;

/**
 * The header of an MPEG audio frame, its first four bytes (ISO/IEC 11172-3, section 2.4.1.3, and 13818-3).
 *
 * @param bits the header as one number
 * @param sampleRate the sample rate in Hz
 * @param frameBytes the length of the frame in bytes, including the header
 */
record Mp3Header(int bits, int sampleRate, int frameBytes) {

    static final int BYTES = 4;

    private static final int LAYER_III = 1;
    private static final int LAYER_II = 2;
    private static final int MPEG_1 = 3;
    private static final int MPEG_2_5 = 0;
    private static final int MONO = 3;

    /** The bit rates in kbit/s and the sample rates in Hz by their codes; 0 marks an invalid code. */
    private static final int[] KILOBITS_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};

    private static final int[] KILOBITS_1_II = {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0};

    private static final int[] KILOBITS_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0};
    private static final int[] SAMPLE_RATES_1 = {44_100, 48_000, 32_000, 0};

    /** Returns the layer III header of 32 bits, if they are one. Frames with a free bit rate are not supported. */
    static Optional<Mp3Header> of(int bits) {
        if (!isSync(bits) || layer(bits) != LAYER_III) {
            return Optional.empty();
        }
        int version = (bits >> 19) & 3;
        int kilobits = (version == MPEG_1 ? KILOBITS_1 : KILOBITS_2)[(bits >> 12) & 15];
        int sampleRate = sampleRate(bits);
        if (kilobits == 0 || sampleRate == 0) {
            return Optional.empty();
        }
        int padding = (bits >> 9) & 1;
        int frameBytes = (version == MPEG_1 ? 144_000 : 72_000) * kilobits / sampleRate + padding;
        return Optional.of(new Mp3Header(bits, sampleRate, frameBytes));
    }

    /** Returns whether a frame of MPEG audio of any layer may begin with 32 bits. */
    static boolean isAudio(int bits) {
        return isSync(bits) && layer(bits) != 0 && ((bits >> 12) & 15) != 15 && ((bits >> 10) & 3) != 3;
    }

    int channels() {
        return ((bits >> 6) & 3) == MONO ? 1 : 2;
    }

    /** Returns the number of samples of each channel in the frame. */
    int frames() {
        return isFirstVersion() ? 1152 : 576;
    }

    /** Returns the number of bytes before the main data: the header, the checksum and the side information. */
    int mainData() {
        int checksum = ((bits >> 16) & 1) == 0 ? 2 : 0;
        int side = isFirstVersion() ? (channels() == 1 ? 17 : 32) : (channels() == 1 ? 9 : 17);
        return BYTES + checksum + side;
    }

    /**
     * Returns whether a number of frames of the same stream follow the frame at the input's position, or the input ends
     * before.
     */
    boolean isFollowed(ByteInput input, int count) throws IOException {
        int offset = 0;
        Mp3Header header = this;
        for (int i = 0; i < count; i++) {
            offset += header.frameBytes;
            if (offset + BYTES > input.remaining()) {
                return true;
            }
            Optional<Mp3Header> next = of(input.fourAhead(offset)).filter(this::sameStream);
            if (next.isEmpty()) {
                return false;
            }
            header = next.get();
        }
        return true;
    }

    /**
     * Rejects layer II where no frame of layer III begins.
     *
     * @throws RejectedException if three consecutive frames of layer II begin here
     */
    static void rejectLayerTwo(ByteInput input) throws IOException, RejectedException {
        int first = input.fourAhead(0);
        int offset = 0;
        for (int i = 0; i < 3; i++) {
            int bits = input.fourAhead(offset);
            int bytes = ((bits ^ first) & 0xFFFE_0C00) == 0 ? layerTwoBytes(bits) : 0;
            if (bytes == 0 || offset + bytes > input.remaining()) {
                return;
            }
            offset += bytes;
        }
        throw RejectionReason.UNSUPPORTED.exception(
                "the audio is MPEG layer II from byte " + input.position() + " on; allowed: layer III");
    }

    private static int layerTwoBytes(int bits) {
        if (!isSync(bits) || layer(bits) != LAYER_II) {
            return 0;
        }
        boolean firstVersion = ((bits >> 19) & 3) == MPEG_1;
        int kilobits = (firstVersion ? KILOBITS_1_II : KILOBITS_2)[(bits >> 12) & 15];
        int rate = sampleRate(bits);
        return kilobits == 0 || rate == 0 ? 0 : 144_000 * kilobits / rate + ((bits >> 9) & 1);
    }

    private static int sampleRate(int bits) {
        int version = (bits >> 19) & 3;
        return SAMPLE_RATES_1[(bits >> 10) & 3] >> (version == MPEG_1 ? 0 : version == MPEG_2_5 ? 2 : 1);
    }

    /** Returns whether both may belong to one stream with the same version, layer, sample rate and number of channels. */
    boolean sameStream(Mp3Header other) {
        return ((bits ^ other.bits) & 0x001E_0C00) == 0 && channels() == other.channels();
    }

    private boolean isFirstVersion() {
        return ((bits >> 19) & 3) == MPEG_1;
    }

    private static boolean isSync(int bits) {
        return bits >>> 21 == 0x7FF && ((bits >> 19) & 3) != 1;
    }

    private static int layer(int bits) {
        return (bits >> 17) & 3;
    }
}
