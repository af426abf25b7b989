package org.speechemotion.audio;

import java.io.IOException;
import org.speechemotion.common.RejectedException;

/**
 * The bytes of a file that are no audio: behind the last frame, or between frames. They are looked at, so that a part of a
 * recording is never taken for all of it: tags and zeros may be left out, and a little junk with a note.
 */
final class Leftover {

    /** Junk up to this many bytes, or up to a tenth of the file, may be left out. */
    private static final long LITTLE = 4096;

    /** Fewer bytes are what rounds a file up. */
    private static final int FEWEST_NOTED = 16;

    private long junk;
    private long zeros;

    /**
     * Passes over a tag or one byte.
     *
     * @throws RejectedException if a recording of another format begins here
     */
    void pass(ByteInput input) throws IOException, RejectedException {
        String other = recording(input);
        if (!other.isEmpty()) {
            throw RejectionReason.UNSUPPORTED.exception("another recording begins at byte " + input.position() + ", "
                    + other + ": a file must hold one format");
        }
        if (!Tags.skip(input)) {
            if (input.read() == 0) {
                zeros++;
            } else {
                junk++;
            }
        }
    }

    /** Audio goes on: zeros that came before are a hole in it. */
    void audioGoesOn() {
        junk += zeros;
        zeros = 0;
    }

    /**
     * Notes what was left out.
     *
     * @throws RejectedException if it is too much to be left out
     */
    void settle(ByteInput input, SampleSink sink) throws RejectedException {
        if (junk > Math.max(LITTLE, input.length() / 10)) {
            throw RejectionReason.UNREADABLE.exception(
                    junk + " of the file's " + input.length() + " bytes are neither audio nor a tag");
        }
        if (junk >= FEWEST_NOTED) {
            sink.note(junk + " bytes that are neither audio nor a tag were left out");
        }
        if (zeros >= FEWEST_NOTED) {
            sink.note(zeros + " bytes of zeros behind the audio were left out");
        }
    }

    /** The name of the format of a recording that begins here, or "". */
    private static String recording(ByteInput input) throws IOException {
        return switch (input.fourAhead(0)) {
            case 0x52494646, 0x52463634, 0x52494658, 0x42573634 -> // RIFF, RF64, RIFX, BW64
            input.fourAhead(8) == 0x57415645 ? "WAV" : "";
            case 0x664C6143 -> "FLAC";
            case 0x4F676753 -> "Ogg";
            default -> "";
        };
    }
}
