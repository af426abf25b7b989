package org.speechemotion.audio;

import java.util.List;
import java.util.Objects;

/**
 * Decodes WAV, FLAC and MP3 files to mono at one sample rate. The format is told from the content, not from a name.
 *
 * <p>Files are not trusted: any bytes give a {@link Decoding}, in memory bounded by the file's size and the limits of
 * the {@link AudioSettings}. Immutable and thread-safe.
 */
public final class AudioDecoder {

    private static final List<ContainerReader> READERS = List.of(new WavReader(), new FlacReader(), new Mp3Reader());

    private final AudioSettings settings;

    public AudioDecoder(AudioSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /** The limits and the sample rate in force. */
    public AudioSettings settings() {
        return settings;
    }

    /**
     * Decodes a whole file: the mean of its channels, resampled by {@link Resampler}, clipped to [-1, 1].
     *
     * @param file the file's bytes
     * @return its audio, or why there is none; bad bytes throw nothing
     */
    public Decoding decode(byte[] file) {
        if (file.length == 0) {
            return new Decoding.Rejection(RejectionReason.EMPTY, "the file has 0 bytes");
        }
        if (file.length > settings.maximumBytes()) {
            return new Decoding.Rejection(
                    RejectionReason.TOO_LONG,
                    "the file has " + file.length + " bytes: must be at most " + settings.maximumBytes());
        }
        for (ContainerReader reader : READERS) {
            if (reader.recognises(file)) {
                return decode(file, reader);
            }
        }
        return new Decoding.Rejection(
                RejectionReason.UNSUPPORTED,
                "the file begins with " + FileSignature.describe(file) + ": must be wav, flac or mp3");
    }

    private Decoding decode(byte[] file, ContainerReader reader) {
        MonoSink sink = new MonoSink(settings, reader.container());
        try {
            reader.read(file, sink);
            return sink.finish();
        } catch (RejectedException rejected) {
            return rejected.rejection(reader.container());
        }
    }
}
