package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.speechemotion.audio.ffmpeg.FfmpegSettings;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;

/** Files that ffmpeg has encoded, and programs that behave worse than ffmpeg. */
class FfmpegReaderTest {

    private static final double SECONDS = 0.97;

    @TempDir
    private Path folder;

    static List<ForeignFile> files() {
        return ForeignFile.ALL;
    }

    @ParameterizedTest
    @MethodSource("files")
    void decodesFilesOfAnyName(ForeignFile format) {
        float[] original = ForeignFile.voice(format.sampleRate(), SECONDS);
        byte[] file = format.encode(original, folder);
        boolean headerless = format.name().endsWith(".g722");
        DecodedAudio audio = Fixtures.unlimited(format.sampleRate())
                .decode(file, headerless ? "/calls/A.G722" : "call.txt")
                .orElseThrow();
        assertThat(audio.source().container()).isEqualTo(format.container());
        assertThat(audio.source().durationSeconds()).isCloseTo(SECONDS, within(format.frame()));
        assertThat(ForeignFile.signalToNoise(original, audio.waveform().samples(), format.sampleRate()))
                .isGreaterThan(format.signalToNoise());
    }

    static final List<String> GSM = List.of("voice.gsm", "voice-gsm.wav");

    @ParameterizedTest
    @FieldSource("GSM")
    void decodesGsm(String name) {
        DecodedAudio audio =
                Fixtures.unlimited(8000).decode(Fixtures.bytes(name), name).orElseThrow();
        assertThat(audio.source().durationSeconds()).isCloseTo(0.5, within(0.021));
        assertThat(ForeignFile.signalToNoise(
                        ForeignFile.voice(8000, 0.5), audio.waveform().samples(), 8000))
                .isGreaterThan(7);
    }

    @ParameterizedTest
    @CsvSource({"call.ul, ulaw, 8000", "CALL.PCMA, alaw, 8000", "call.sln, sln, 8000", "call.sln16, sln, 16000"})
    void decodesSamplesWithoutAHeaderByTheExtension(String name, String container, int rate) {
        byte[] file = new byte[4000];
        for (int i = 0; i < file.length; i++) {
            file[i] = (byte) (i * 37 % 251);
        }
        DecodedAudio audio = Fixtures.unlimited(rate).decode(file, name).orElseThrow();
        int frames = container.equals("sln") ? 2000 : 4000;
        assertThat(audio.source()).isEqualTo(new SourceFormat(container, rate, 1, (double) frames / rate));
        float third =
                switch (container) {
                    case "ulaw" -> G711.MU_LAW.decode(file[2]) * 0x1p-15f;
                    case "alaw" -> G711.A_LAW.decode(file[2]) * 0x1p-15f;
                    default -> ((file[5] << 8) | (file[4] & 0xFF)) * 0x1p-15f;
                };
        assertThat(audio.waveform().samples()).hasSize(frames).contains(third, Index.atIndex(2));
    }

    @Test
    void theContentCountsBeforeTheExtension() {
        byte[] wav = WavWriter.write(new Waveform(ForeignFile.voice(8000, 0.5), 8000));
        assertThat(Fixtures.unlimited(8000)
                        .decode(wav, "a.ul")
                        .orElseThrow()
                        .source()
                        .container())
                .isEqualTo("wav");
        rejection(decode("not a call".getBytes(StandardCharsets.UTF_8), "a.ul"))
                .returns("unsupported", Rejection::code)
                .extracting(Rejection::message)
                .asString()
                .contains("(text)");
        rejection(decode("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), "a.gsm"))
                .extracting(Rejection::message)
                .asString()
                .contains("PNG image");
    }

    @Test
    void decodesAllChannelsOfAStream() throws IOException {
        float[] left = ForeignFile.voice(16_000, 1);
        byte[] file = ForeignFile.encode(
                "a.mka", new Waveform(left, 16_000), folder, "-af pan=stereo|c0=c0|c1=0.5*c0 -c:a flac");
        SampleCollector[] sides = {new SampleCollector(), new SampleCollector()};
        SourceFormat format = Fixtures.unlimited(16_000)
                .decode(new ByteArrayInputStream(file), file.length, "", Channels.EACH, new SampleConsumer() {
                    @Override
                    public void begin(int channels, long certain) {
                        assertThat(channels).isEqualTo(2);
                    }

                    @Override
                    public void accept(int channel, float[] samples, int count) {
                        sides[channel].accept(samples, count);
                    }
                })
                .orElseThrow();
        assertThat(format).isEqualTo(new SourceFormat("matroska", 16_000, 2, 1));
        for (int i = 0; i < left.length; i += 97) {
            assertThat(sides[0].samples()[i]).isCloseTo(left[i], within(1e-4f));
            assertThat(sides[1].samples()[i]).isCloseTo(left[i] / 2, within(1e-4f));
        }
    }

    @Test
    void rejectsAFileWithoutSound() {
        byte[] file = ForeignFile.encode(
                "a.mp4",
                new Waveform(new float[8000], 8000),
                folder,
                "-f lavfi -i testsrc=d=0.2:s=64x48 -map 1:v -c:v mpeg4");
        rejection(decode(file, "a.mp4"))
                .isEqualTo(RejectionReason.UNSUPPORTED.rejection("mp4: there is no sound in this file: MP4"));
    }

    @Test
    void rejectsFilesThatContradictTheirSignature() {
        rejection(decode("OggS-and-more".getBytes(StandardCharsets.UTF_8), ""))
                .returns("unreadable", Rejection::code)
                .extracting(Rejection::message)
                .asString()
                .startsWith("ogg: ffmpeg failed with exit code 1: ");
    }

    @Test
    void failuresOfTheFileSystemAreNoFaultsOfTheFile() {
        byte[] file = ForeignFile.ALL.get(0).encode(ForeignFile.voice(16_000, 5), folder);
        InputStream half = new ByteArrayInputStream(Arrays.copyOf(file, file.length / 2));
        InputStream failing = new SequenceInputStream(half, new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] to, int from, int maxBytes) throws IOException {
                return read();
            }
        });
        assertThatIOException()
                .isThrownBy(() -> Fixtures.unlimited(16_000).decode(failing, file.length, ""))
                .withMessage("connection reset");
    }

    @Test
    void rejectsLargeFilesThatNeedACopy() {
        ForeignFile indexLast = ForeignFile.ALL.get(4);
        byte[] file = indexLast.encode(ForeignFile.voice(16_000, 1), folder);
        FfmpegSettings settings = new FfmpegSettings("", 60, 1L << 30, 1000);
        rejection(new AudioDecoder(AudioSettings.defaults().with(settings)).decode(file))
                .returns("unsupported", Rejection::code)
                .extracting(Rejection::message)
                .asString()
                .contains("the index follows the audio")
                .endsWith(file.length + " bytes; allowed: at most 1000 (audio.ffmpeg.maximum-temporary-bytes)");
    }

    static Stream<List<String>> programs() {
        String header = "printf '.snd\\0\\0\\0\\030\\377\\377\\377\\377\\0\\0\\0\\006\\0\\0\\037\\100\\0\\0\\0\\001'";
        return Stream.of(
                List.of("sleep 60", "unreadable", "ffmpeg made no progress for 0.5 s and was stopped"),
                List.of(header + "; sleep 60", "unreadable", "ffmpeg made no progress"),
                List.of("kill -SEGV $$", "unreadable", "ffmpeg was ended by signal 11"),
                List.of("while :; do :; done", "unreadable", "ffmpeg made no progress"),
                List.of("while :; do echo trouble >&2; done", "unreadable", "ffmpeg made no progress"),
                List.of(header + "; cat /dev/zero", "too-long", "the duration is at least 600"),
                List.of("cat /dev/zero", "unreadable", "could not be read: ffmpeg did not write an AU header"),
                List.of("cat > /dev/null", "empty", "there are no samples"),
                List.of(
                        "echo 'what \\033[31m' >&2; exit 3",
                        "unreadable",
                        "ffmpeg failed with exit code 3: what  [31m"),
                List.of(header + "; head -c 8000 /dev/zero; kill -KILL $$", "unreadable", "by signal 9"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void survivesHostilePrograms(List<String> program) throws IOException {
        Path script = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + program.get(0) + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        FfmpegSettings settings = new FfmpegSettings(script.toString(), 0.5, 1L << 30, 0);
        byte[] file = new byte[1 << 20];
        System.arraycopy(new byte[] {'O', 'g', 'g', 'S'}, 0, file, 0, 4);
        AudioDecoder decoder = new AudioDecoder(AudioSettings.defaults().with(settings));
        Result<DecodedAudio> result = new ClipReader((path, maxBytes) -> file, decoder).read("a.ogg");
        rejection(result)
                .returns(program.get(1), Rejection::code)
                .extracting(Rejection::message)
                .asString()
                .contains(program.get(2));
        ForeignFile.assertNoProcesses();
    }

    @Test
    void reportsAMissingProgram() {
        byte[] file = {'O', 'g', 'g', 'S'};
        FfmpegSettings missing = new FfmpegSettings("/no/such/program", 1, 1L << 30, 0);
        rejection(new AudioDecoder(AudioSettings.defaults().with(missing)).decode(file))
                .isEqualTo(RejectionReason.UNSUPPORTED.rejection("ogg: Ogg is decoded by ffmpeg, but"
                        + " audio.ffmpeg.program is /no/such/program, which is not an executable file"));
        FfmpegSettings none = new FfmpegSettings(FfmpegSettings.NONE, 1, 1L << 30, 0);
        rejection(new AudioDecoder(AudioSettings.defaults().with(none)).decode(file))
                .isEqualTo(RejectionReason.UNSUPPORTED.rejection(
                        "the file begins with 4f 67 67 53 (Ogg); allowed: wav, flac, mp3"));
    }

    private static Result<DecodedAudio> decode(byte[] file, String name) {
        return new AudioDecoder(AudioSettings.defaults()).decode(file, name);
    }

    private static ObjectAssert<Rejection> rejection(Result<DecodedAudio> result) {
        assertThat(result).isInstanceOf(Result.Rejected.class);
        return assertThat(((Result.Rejected<DecodedAudio>) result).rejection());
    }
}
