package org.speechemotion.audio;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.speechemotion.audio.ffmpeg.FfmpegSettings;

/**
 * Finds the reader of a file by its content. The name of the file counts only if the content is unknown, because the files
 * of telephone systems may have no header.
 */
final class ReaderSearch {

    private static final List<OwnReader> OWN = List.of(new WavReader(), new FlacReader(), new Mp3Reader());

    /** The number of bytes at the beginning of an unknown file in which audio is searched for. */
    private static final int SEARCHED_BYTES = 1 << 20;

    private final AudioSettings settings;
    private final boolean ffmpeg;

    ReaderSearch(AudioSettings settings) {
        this.settings = settings;
        ffmpeg = !settings.ffmpeg().program().equals(FfmpegSettings.NONE);
    }

    /** Returns the formats that are decoded, for messages. */
    String allowed() {
        return "wav, flac, mp3" + (ffmpeg ? ", " + String.join(", ", FileSignature.foreignContainers()) : "");
    }

    /**
     * Returns the reader of the audio that begins here or, after unknown data, a little further on.
     *
     * @param name the name of the file, or ""
     */
    Optional<ContainerReader> find(ByteInput input, byte[] head, String name) throws IOException {
        String extension = ForeignFormat.extension(name);
        Optional<HeaderlessReader> headerless = HeaderlessReader.of(extension);
        Optional<ForeignFormat> headerlessForeign = ForeignFormat.headerless(extension);
        boolean mayLackHeader = headerless.isPresent() || headerlessForeign.isPresent();
        Optional<ForeignFormat> foreign = FileSignature.foreign(head, mayLackHeader);
        if (foreign.isPresent() && ffmpeg) {
            return by(foreign);
        }
        if (foreign.isPresent() || (FileSignature.isOther(head) && !mayLackHeader)) {
            return Optional.empty();
        }
        for (OwnReader reader : OWN) {
            if (reader.recognises(input)) {
                Optional<ForeignFormat> inside = ffmpeg ? inside(reader, input) : Optional.empty();
                return inside.isPresent() ? by(inside) : Optional.of(reader);
            }
        }
        if (mayLackHeader && !FileSignature.isNamed(head)) {
            return headerless.isPresent() ? headerless.map(reader -> reader) : by(headerlessForeign);
        }
        return behindJunk(input);
    }

    /** Returns the format inside a container of our own that only ffmpeg decodes. */
    private static Optional<ForeignFormat> inside(OwnReader reader, ByteInput input) throws IOException {
        return reader instanceof Mp3Reader ? Mp3Reader.otherLayer(input) : ForeignFormat.inWav(input);
    }

    private Optional<ContainerReader> by(Optional<ForeignFormat> format) {
        return format.filter(found -> ffmpeg).map(found -> new FfmpegReader(found, settings));
    }

    private static Optional<ContainerReader> behindJunk(ByteInput input) throws IOException {
        long end = input.position() + SEARCHED_BYTES;
        while (input.position() < end && input.remaining() > 0) {
            input.skip(1);
            Tags.skipAll(input);
            for (OwnReader reader : OWN) {
                if (reader.recognisesBehindJunk(input)) {
                    return Optional.of(reader);
                }
            }
        }
        return Optional.empty();
    }
}
