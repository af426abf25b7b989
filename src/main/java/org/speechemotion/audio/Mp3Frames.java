package org.speechemotion.audio;

import java.io.IOException;
import org.speechemotion.common.RejectedException;

/**
 * Finds the complete frames of an MP3 file and skips tags and junk between them. Joined files have several parts: a new
 * part begins where the format changes, or with a Xing or Info frame.
 */
final class Mp3Frames {

    private final ByteInput input;
    private final Leftover leftover = new Leftover();
    private Mp3Header first;
    private byte[] current = new byte[0];
    private long count;
    private Mp3Header nextFirst;
    private boolean cut;

    /** Creates a search from the position of the input. */
    Mp3Frames(ByteInput input) {
        this.input = input;
    }

    /** Advances to the first frame of the next part, if there is one. */
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

    /** Advances to the next frame of this part, if there is one. */
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

    /**
     * Returns whether a header belongs to a frame. Eleven one bits are common in junk, so another frame must follow if
     * this one was found by searching or has a new format.
     */
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

    /** Returns the header of the first frame of this part, which determines its stream. */
    Mp3Header first() {
        return first;
    }

    /** Returns the bytes of the current frame. */
    byte[] current() {
        return current;
    }

    /** Returns the number of frames that were found in this part. */
    long count() {
        return count;
    }

    /** Notes the skipped bytes, or rejects the file if there are too many. */
    void settle(SampleSink sink) throws RejectedException {
        if (cut) {
            sink.note("the file is cut short within its last MP3 frame");
        }
        leftover.settle(input, sink);
    }
}
