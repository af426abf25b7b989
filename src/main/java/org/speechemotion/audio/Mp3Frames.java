package org.speechemotion.audio;

import java.io.IOException;
import org.speechemotion.common.RejectedException;

/**
 * Finds the whole frames of an MP3 file, one after the other, and leaves out the tags and the junk between them. Files
 * that were joined have parts: another begins where the format changes, or with another file's Xing or Info frame.
 */
final class Mp3Frames {

    private final ByteInput input;
    private final Leftover leftover = new Leftover();
    private Mp3Header first;
    private byte[] current = new byte[0];
    private long count;
    private Mp3Header nextFirst;
    private boolean cut;

    /** Finds frames from where the input stands. */
    Mp3Frames(ByteInput input) {
        this.input = input;
    }

    /** Goes to the next part, and to its first frame, if there is one. */
    boolean nextPart() throws IOException, RejectedException {
        if (first != null && nextFirst == null) {
            return false;
        }
        if (nextFirst == null) {
            return find();
        }
        first = nextFirst;
        nextFirst = null;
        count = 1;
        return true;
    }

    /** Goes to the next frame of this part, if there is one. */
    boolean next() throws IOException, RejectedException {
        return nextFirst == null && find() && nextFirst == null;
    }

    private boolean find() throws IOException, RejectedException {
        boolean searching = false;
        while (input.remaining() >= Mp3Header.BYTES) {
            Mp3Header header = Mp3Header.of(input.fourAhead(0)).orElse(null);
            if (header != null && header.frameBytes() <= input.remaining() && belongs(header, searching)) {
                take(header);
                return true;
            }
            if (header != null && !searching && first != null && header.sameStream(first)) {
                cut = true;
                input.skip(input.remaining());
                return false;
            }
            Mp3Header.rejectLayerTwo(input);
            leftover.pass(input);
            searching = true;
        }
        while (input.remaining() > 0) {
            leftover.pass(input);
        }
        return false;
    }

    /** Eleven one bits are common in junk: a frame that is found by searching, or of a new format, must be followed. */
    private boolean belongs(Mp3Header header, boolean searching) throws IOException {
        if (first == null) {
            return !searching || header.isFollowed(input, 1);
        }
        return header.sameStream(first) ? !searching || header.isFollowed(input, 1) : header.isFollowed(input, 2);
    }

    private void take(Mp3Header header) throws IOException {
        current = new byte[header.frameBytes()];
        input.read(current, current.length);
        if (first == null) {
            first = header;
        } else {
            leftover.audioGoesOn();
            if (!header.sameStream(first) || Mp3Info.isTag(header, current)) {
                nextFirst = header;
                return;
            }
        }
        count++;
    }

    /** The header of the first frame of this part, whose stream all others of it belong to. */
    Mp3Header first() {
        return first;
    }

    /** The bytes of the frame last found. */
    byte[] current() {
        return current;
    }

    /** How many frames of this part have been found. */
    long count() {
        return count;
    }

    /** Notes what was left out, or rejects the file if that is too much. */
    void settle(SampleSink sink) throws RejectedException {
        if (cut) {
            sink.note("the file is cut short within its last MP3 frame");
        }
        leftover.settle(input, sink);
    }
}
