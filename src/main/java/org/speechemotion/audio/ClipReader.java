package org.speechemotion.audio;

import java.io.IOException;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;

/** Reads and decodes files without holding them in memory. It is thread-safe if its source is. */
public final class ClipReader implements ClipSource {
    private final AudioSource source;
    private final AudioDecoder decoder;

    public ClipReader(AudioSource source, AudioDecoder decoder) {
        this.source = source;
        this.decoder = decoder;
    }

    /** Returns the sample rate of the waveforms in Hz. */
    public int sampleRate() {
        return decoder.settings().sampleRate();
    }

    @Override
    public Result<DecodedAudio> read(String path) {
        try (AudioSource.Opened opened = source.open(path, decoder.settings().maximumBytes())) {
            return decoder.decode(opened.stream(), opened.length(), opened.name());
        } catch (IOException | RuntimeException e) {
            return Result.rejected(rejection(e));
        }
    }

    /** Decodes the bytes of a file. */
    public Result<DecodedAudio> decode(byte[] content) {
        return decoder.decode(content);
    }

    /** Returns the rejection of a file that could not be read. */
    public static Rejection rejection(Exception e) {
        String line = FailureMessage.of(e);
        return e instanceof AudioSource.TooLargeException
                ? RejectionReason.TOO_LONG.rejection(line)
                : RejectionReason.UNREADABLE.rejection("could not be read: " + line);
    }
}
