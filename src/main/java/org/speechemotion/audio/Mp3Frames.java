package org.speechemotion.audio;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * The whole frames of an MP3 file, so that its length is known, and its damage left out, before it is decoded.
 *
 * @param first the header of the first frame, whose stream all others belong to
 * @param count how many frames there are
 * @param bytes of the frames, one after the other
 */
@SuppressWarnings("ArrayRecordComponent")
record Mp3Frames(Mp3Header first, int count, byte[] bytes) {

    /** The frames from a byte of a file on, without the junk between them, if there are any. */
    static Optional<Mp3Frames> find(byte[] file, int start) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Mp3Header first = null;
        int count = 0;
        int expected = start;
        int position = start;
        while (position <= file.length - Mp3Header.BYTES) {
            Mp3Header header = Mp3Header.at(file, position).orElse(null);
            if (header != null
                    && header.frameBytes() <= file.length - position
                    && (first == null || header.sameStream(first))
                    && (position == expected || isFollowed(file, position, header))) {
                first = first == null ? header : first;
                count++;
                bytes.write(file, position, header.frameBytes());
                position += header.frameBytes();
                expected = position;
            } else {
                position++;
            }
        }
        return first == null ? Optional.empty() : Optional.of(new Mp3Frames(first, count, bytes.toByteArray()));
    }

    /** Eleven one bits are common in junk: a frame found by searching must have another one after it. */
    private static boolean isFollowed(byte[] file, int position, Mp3Header header) {
        return Mp3Header.at(file, position + header.frameBytes())
                .filter(header::sameStream)
                .isPresent();
    }
}
