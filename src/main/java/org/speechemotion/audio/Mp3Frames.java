package org.speechemotion.audio;

import java.io.IOException;

/** Finds the whole frames of an MP3 file, one after the other, and leaves out the junk between them. */
final class Mp3Frames {

    private final ByteInput input;
    private Mp3Header first;
    private byte[] current = new byte[0];
    private long count;

    /** Finds frames from where the input stands. */
    Mp3Frames(ByteInput input) {
        this.input = input;
    }

    /** Goes to the next frame, if there is one. */
    boolean next() throws IOException {
        boolean searching = false;
        while (input.remaining() >= Mp3Header.BYTES) {
            Mp3Header header = Mp3Header.of(input.fourAhead(0)).orElse(null);
            if (header != null
                    && header.frameBytes() <= input.remaining()
                    && (first == null || header.sameStream(first))
                    && (!searching || isFollowed(header))) {
                first = first == null ? header : first;
                count++;
                current = new byte[header.frameBytes()];
                input.read(current, current.length);
                return true;
            }
            input.skip(1);
            searching = true;
        }
        return false;
    }

    /** The header of the first frame, whose stream all others belong to. */
    Mp3Header first() {
        return first;
    }

    /** The bytes of the frame last found. */
    byte[] current() {
        return current;
    }

    /** How many frames have been found. */
    long count() {
        return count;
    }

    /** Eleven one bits are common in junk: a frame found by searching must have another one after it. */
    private boolean isFollowed(Mp3Header header) throws IOException {
        return Mp3Header.of(input.fourAhead(header.frameBytes()))
                .filter(header::sameStream)
                .isPresent();
    }
}
