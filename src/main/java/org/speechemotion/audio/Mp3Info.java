package org.speechemotion.audio;

import java.nio.ByteBuffer;

/**
 * The information that an encoder wrote into a first frame without audio: the tags of Xing, of LAME (<a
 * href="http://gabriel.mp3-tech.org/mp3infotag.html">Mp3 Info Tag</a>) and of Fraunhofer (VBRI).
 *
 * @param present whether the first frame is such a tag
 * @param delay the number of samples that the encoder and the decoder insert before the signal
 * @param padding the number of samples that they append to it, if the file is complete
 * @param frames the number of audio frames of the complete file, or -1 if the tag has none
 */
record Mp3Info(boolean present, int delay, int padding, int frames) {

    /** The delay of the decoder's synthesis filter bank plus one sample. */
    private static final int DECODER_DELAY = 528 + 1;

    private static final int VBRI_OFFSET = 36;

    /** The optional fields after the Xing tag: number of frames, number of bytes, table of contents, quality. */
    private static final int[] FIELD_BYTES = {4, 4, 100, 4};

    private static final int DELAYS_OFFSET = 21;

    /** Returns whether a frame is a tag by Xing or LAME, with which another file begins. */
    static boolean isTag(Mp3Header header, byte[] frame) {
        int tag = header.mainData();
        return FileSignature.startsWith(frame, tag, "Xing") || FileSignature.startsWith(frame, tag, "Info");
    }

    /** Reads the tag in the first frame, which must be the current one. */
    static Mp3Info read(Mp3Frames frames) {
        byte[] bytes = frames.current();
        int tag = frames.first().mainData();
        if (!isTag(frames.first(), bytes)) {
            return new Mp3Info(FileSignature.startsWith(bytes, VBRI_OFFSET, "VBRI"), 0, 0, -1);
        }
        int end = frames.first().frameBytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int flags = tag + 8 <= end ? buffer.getInt(tag + 4) : 0;
        int encoder = tag + 8;
        for (int i = 0; i < FIELD_BYTES.length; i++) {
            encoder += ((flags >> i) & 1) * FIELD_BYTES[i];
        }
        int delays = encoder + DELAYS_OFFSET;
        if (delays + 3 > end || bytes[encoder] != 'L') {
            return new Mp3Info(true, 0, 0, -1);
        }
        int both = buffer.getInt(delays - 1) & 0xFF_FFFF;
        boolean counted = (flags & 1) != 0;
        int padding = counted ? Math.max(0, (both & 0xFFF) - DECODER_DELAY) : 0;
        return new Mp3Info(true, (both >> 12) + DECODER_DELAY, padding, counted ? buffer.getInt(tag + 8) : -1);
    }
}
