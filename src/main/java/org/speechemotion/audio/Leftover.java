package org.speechemotion.audio;

import java.io.IOException;
import org.speechemotion.common.RejectedException;

/**
 * Examines the bytes between and after the frames of a file, so that a part of a recording is never mistaken for the
 * whole. Tags and zeros may be skipped, and a little junk with a note.
 */
final class Leftover {

    /** The number of bytes of junk that may be skipped; a tenth of the file may be skipped, too. */
    private static final long MAX_JUNK_BYTES = 4096;

    /** Fewer zero bytes are padding of the file. */
    private static final int MIN_NOTED_BYTES = 16;

    private long junk;
    private long zeros;

    /**
     * Skips a tag or one byte.
     *
     * @throws RejectedException if a recording of another format begins here
     */
    void pass(ByteInput input) throws IOException, RejectedException {
        String other = recording(input);
        if (!other.isEmpty()) {
            throw RejectionReason.UNSUPPORTED.exception("another recording begins at byte " + input.position() + ", "
                    + other + "; allowed: one format per file");
        }
        if (!Tags.skip(input)) {
            if (input.read() == 0) {
                zeros++;
            } else {
                junk++;
            }
        }
    }

    /** Notes that audio continues, so that preceding zeros are a gap in it. */
    void audioGoesOn() {
        junk += zeros;
        zeros = 0;
    }

    /**
     * Notes the skipped bytes.
     *
     * @throws RejectedException if there are too many of them
     */
    void settle(ByteInput input, SampleSink sink) throws RejectedException {
        if (junk > Math.max(MAX_JUNK_BYTES, input.length() / 10)) {
            throw RejectionReason.UNREADABLE.exception(
                    junk + " of the file's " + input.length() + " bytes are neither audio nor a tag");
        }
        if (junk >= MIN_NOTED_BYTES) {
            sink.note(junk + " bytes that are neither audio nor a tag were skipped");
        }
        if (zeros >= MIN_NOTED_BYTES) {
            sink.note(zeros + " bytes of zeros after the audio were skipped");
        }
    }

    /** Returns the name of the format of a recording that begins here, or "". */
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
