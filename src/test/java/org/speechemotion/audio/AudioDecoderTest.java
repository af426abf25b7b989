package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.audio.ffmpeg.FfmpegSettings;
import org.speechemotion.common.Result;

class AudioDecoderTest {

    private final AudioDecoder decoder = new AudioDecoder(AudioSettings.defaults());

    @Test
    void rejectsAnEmptyFile() {
        assertThat(decoder.decode(new byte[0]))
                .isEqualTo(Result.rejected(RejectionReason.EMPTY.rejection("the file has 0 bytes")));
    }

    @ParameterizedTest
    @CsvSource({
        "OggS-and-more, 4f 67 67 53 2d 61 6e 64 (Ogg)",
        "FORM-and-more, 46 4f 52 4d 2d 61 6e 64 (AIFF)",
        "'\u0000\u0000\u0000 ftypisom', 00 00 00 20 66 74 79 70 (MP4)",
        "'\u00ff\u00f1P@\u0000', ff f1 50 40 00 (AAC)",
        "'RIFF1234AVI ', 52 49 46 46 31 32 33 34 (AVI video)",
        "' <html>', 20 3c 68 74 6d 6c 3e (HTML page)",
        "'{\"error\": \"no such call\"}', 7b 22 65 72 72 6f 72 22 (JSON)",
        "version https://git-lfs.github.com/spec/v1, "
                + "76 65 72 73 69 6f 6e 20 (pointer of Git LFS: the file itself was not fetched)",
        "'\u0089PNG\r\n', 89 50 4e 47 0d 0a (PNG image)",
        "'\u00ff\u00d8\u00ff\u00e0', ff d8 ff e0 (JPEG image)",
        "%PDF-1.7, 25 50 44 46 2d 31 2e 37 (PDF)",
        "'PK\u0003\u0004', 50 4b 03 04 (ZIP archive)",
        "'\u00ff\u00feh\u0000i\u0000', ff fe 68 00 69 00 (UTF-16 text)",
        "'OggS\u0000\u0002\u0000\u0000            \u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0013OpusHead', "
                + "4f 67 67 53 00 02 00 00 (Opus in Ogg)",
        "'\u0000\u0000\u0000 ftypM4A ', '00 00 00 20 66 74 79 70 (MPEG-4 audio, M4A: AAC or ALAC)'",
        "'\u0000\u0000\u0000', 00 00 00 (zeros)",
        "'\u0091\u0092', 91 92",
        "x, 78 (text)"
    })
    void namesUnsupportedFormats(String content, String found) {
        FfmpegSettings none = new FfmpegSettings(FfmpegSettings.NONE, 60, 1L << 30, 0);
        AudioDecoder alone = new AudioDecoder(AudioSettings.defaults().with(none));
        assertThat(alone.decode(content.getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(Result.rejected(RejectionReason.UNSUPPORTED.rejection(
                        "the file begins with " + found + "; allowed: wav, flac, mp3")));
    }

    @Test
    void resamplesAndClips() {
        float[] loud = new float[48_000];
        for (int i = 0; i < loud.length; i++) {
            loud[i] = i / 50 % 2 == 0 ? 1 : -1;
        }
        DecodedAudio audio =
                decoder.decode(WavWriter.write(new Waveform(loud, 48_000))).orElseThrow();
        assertThat(audio.source()).isEqualTo(new SourceFormat("wav", 48_000, 1, 1));
        assertThat(audio.waveform().durationSeconds()).isEqualTo(1);
        for (float sample : audio.waveform().samples()) {
            assertThat(sample).isBetween(-1f, 1f);
        }
    }

    @Test
    void givesTheSameToEveryThread() {
        List<byte[]> files = IntStream.range(0, 64)
                .mapToObj(i -> Fixtures.bytes(List.of("mp3-44100.mp3", "flac-16.flac", "sweep-11025.wav")
                        .get(i % 3)))
                .toList();
        List<float[]> sequential = files.stream().map(this::samples).toList();
        List<float[]> parallel = files.parallelStream().map(this::samples).toList();
        for (int i = 0; i < files.size(); i++) {
            assertThat(Arrays.equals(parallel.get(i), sequential.get(i))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "999, 0.1, 600, 1, 'audio.sample-rate is 999; allowed: from 1000 to 768000 Hz'",
        "16000, -1, 600, 1, 'audio.minimum-seconds is -1.0; allowed: at least 0'",
        "16000, NaN, 600, 1, 'audio.minimum-seconds is NaN; allowed: at least 0'",
        "16000, 1, 1, 1, 'audio.maximum-seconds is 1.0; allowed: more than minimum-seconds, 1.0'",
        "16000, 1, Infinity, 1, 'audio.maximum-seconds is Infinity; allowed: at most 134217.0 s at 16000 Hz'",
        "16000, 1, 2, 0, 'audio.maximum-bytes is 0; allowed: at least 1'"
    })
    void refusesSettingsOutOfRange(int rate, double minimum, double maximum, long bytes, String message) {
        assertThatThrownBy(() -> new AudioSettings(rate, minimum, maximum, bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private float[] samples(byte[] file) {
        return decoder.decode(file).orElseThrow().waveform().samples();
    }
}
