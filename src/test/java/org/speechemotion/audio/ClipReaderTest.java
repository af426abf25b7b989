package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.common.Result;

class ClipReaderTest {
    private static final AudioDecoder DECODER = new AudioDecoder(new AudioSettings(8000, 0.1, 1, 5000));

    @Test
    void readsAndDecodes() {
        List<String> asked = new ArrayList<>();
        byte[] wav = WavWriter.write(new Waveform(new float[1600], 8000));
        Result<DecodedAudio> decoding = read((path, maxBytes) -> {
            asked.add(path + " " + maxBytes);
            return wav;
        });
        assertThat(decoding).isInstanceOf(Result.Accepted.class);
        assertThat(asked).containsExactly("clip.wav 5000");
    }

    @Test
    void tooLargeFilesAreTooLong() {
        assertThat(read((path, maxBytes) -> {
                    throw new AudioSource.TooLargeException(5001, maxBytes);
                }))
                .isEqualTo(Result.rejected(
                        RejectionReason.TOO_LONG.rejection("the file has 5001 bytes; allowed: at most 5000")));
    }

    @Test
    void unreadableFilesAreRejected() {
        assertThat(read((path, maxBytes) -> {
                    throw new IOException("the disk\nis on fire");
                }))
                .isEqualTo(Result.rejected(RejectionReason.UNREADABLE.rejection("could not be read: the disk")));
    }

    @Test
    void failuresOfTheFileSystemAreRejections() {
        assertThat(read((path, maxBytes) -> {
                    throw new IllegalStateException();
                }))
                .isEqualTo(Result.rejected(
                        RejectionReason.UNREADABLE.rejection("could not be read: IllegalStateException")));
    }

    private static Result<DecodedAudio> read(AudioSource source) {
        return new ClipReader(source, DECODER).read("clip.wav");
    }
}
