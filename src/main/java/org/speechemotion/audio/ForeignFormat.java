package org.speechemotion.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A format that only ffmpeg decodes.
 *
 * @param container its name in {@link SourceFormat#container}
 * @param description its name for messages
 * @param options the options that tell ffmpeg the format, so that it need not guess
 */
record ForeignFormat(String container, String description, List<String> options) {

    /** The headerless formats of telephone systems by the extension of their files. */
    private static final Map<String, ForeignFormat> HEADERLESS =
            Map.of("gsm", of("gsm", "GSM 6.10", "gsm"), "g722", of("g722", "G.722", "g722"));

    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int RIFF_HEADER_BYTES = 12;

    static ForeignFormat of(String container, String description, String demuxer) {
        return new ForeignFormat(container, description, List.of("-f", demuxer));
    }

    /** Returns the format of files without a header that have this extension. */
    static Optional<ForeignFormat> headerless(String extension) {
        return Optional.ofNullable(HEADERLESS.get(extension));
    }

    /** Returns the lower-case extension of a file, or "". */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns the format of a WAV file whose samples are compressed, if that is evident from its first bytes. */
    static Optional<ForeignFormat> inWav(ByteInput input) throws IOException {
        byte[] head = input.ahead(ByteInput.LOOK_AHEAD);
        if (!FileSignature.startsWith(head, 0, "RIFF") || !FileSignature.startsWith(head, 8, "WAVE")) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long at = RIFF_HEADER_BYTES;
        while (at + CHUNK_HEADER_BYTES + WavFormat.MIN_BYTES <= head.length) {
            int start = (int) at + CHUNK_HEADER_BYTES;
            if (FileSignature.startsWith(head, (int) at, "fmt ")) {
                return WavFormat.foreignTag(
                                fields.slice(start, head.length - start).order(ByteOrder.LITTLE_ENDIAN))
                        .map(name -> of("wav", name, "wav"));
            }
            long size = Integer.toUnsignedLong(fields.getInt((int) at + Integer.BYTES));
            at = start + size + (size & 1);
        }
        return Optional.empty();
    }

    /**
     * Returns whether a file cannot be decoded from beginning to end, because an index that is needed follows the audio or
     * may follow it.
     */
    boolean needsSeeking(ByteInput input) throws IOException {
        return container.equals("caf") || (container.equals("mp4") && !indexFirst(input));
    }

    /** Returns whether the index of an MP4 file, or its first fragment, precedes the audio. */
    private static boolean indexFirst(ByteInput input) throws IOException {
        byte[] head = input.ahead(ByteInput.LOOK_AHEAD);
        long at = 0;
        while (at + CHUNK_HEADER_BYTES <= head.length) {
            if (FileSignature.startsWith(head, (int) at + 4, "moov")
                    || FileSignature.startsWith(head, (int) at + 4, "moof")) {
                return true;
            }
            long size = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt((int) at));
            if (size < CHUNK_HEADER_BYTES || FileSignature.startsWith(head, (int) at + 4, "mdat")) {
                return false;
            }
            at += size;
        }
        return false;
    }
}
