package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.speechemotion.audio.ffmpeg.FfmpegProgram;

/**
 * A format that only ffmpeg decodes, with the options that make ffmpeg encode it.
 *
 * @param label the name of the format in the table of docs/audio.md
 * @param name the name of a file of this format
 * @param container the expected container
 * @param sampleRate the sample rate of the original in Hz
 * @param frame the frame of the codec in s, by which a file may be longer or shorter than the original
 * @param signalToNoise the least ratio of the original to the difference in dB, once the delay of the codec is removed
 */
record ForeignFile(
        String label,
        String name,
        String container,
        int sampleRate,
        double frame,
        double signalToNoise,
        String options) {

    static final List<ForeignFile> ALL = List.of(
            of("Opus in Ogg", "a.opus", "ogg", 16_000, 0.02, 5, "-c:a libopus -b:a 64k"),
            of("Vorbis in Ogg", "a.ogg", "ogg", 16_000, 0.1, 3, "-c:a vorbis -strict -2 -ac 2 -b:a 128k"),
            of("Speex in Ogg", "a.spx", "ogg", 16_000, 0.02, 5, "-c:a libspeex"),
            of("FLAC in Ogg", "a.oga", "ogg", 16_000, 0.0001, 90, "-c:a flac"),
            of("AAC in M4A, index last", "a.m4a", "mp4", 16_000, 0.064, 10, "-c:a aac -b:a 64k"),
            of("AAC in M4A, index first", "b.m4a", "mp4", 16_000, 0.064, 10, "-c:a aac -movflags +faststart"),
            of("ALAC in M4A", "c.m4a", "mp4", 16_000, 0.0001, 90, "-c:a alac"),
            of("AAC (ADTS)", "a.aac", "aac", 16_000, 0.13, 10, "-c:a aac -b:a 64k"),
            of("AAC in 3GP", "a.3gp", "mp4", 16_000, 0.064, 10, "-c:a aac -b:a 64k"),
            of("AMR", "a.amr", "amr", 8_000, 0.02, 3, "-c:a libopencore_amrnb -b:a 12.2k"),
            of("AMR-WB", "b.amr", "amr", 16_000, 0.02, 3, "-c:a libvo_amrwbenc -b:a 23.85k -f amr"),
            of("G.722", "a.g722", "g722", 16_000, 0.001, 15, "-c:a g722 -f g722"),
            of("G.722 in WAV", "b.wav", "wav", 16_000, 0.001, 15, "-c:a g722"),
            of("IMA ADPCM in WAV", "c.wav", "wav", 16_000, 0.13, 20, "-c:a adpcm_ima_wav"),
            of("Microsoft ADPCM in WAV", "d.wav", "wav", 16_000, 0.13, 20, "-c:a adpcm_ms"),
            of("WMA 2", "a.wma", "asf", 16_000, 0.13, 5, "-c:a wmav2"),
            of("AIFF", "a.aiff", "aiff", 16_000, 0.0001, 90, "-c:a pcm_s16be"),
            of("AU, mu-law", "a.au", "au", 8_000, 0.0001, 30, "-c:a pcm_mulaw"),
            of("Wave64", "a.w64", "w64", 16_000, 0.001, 90, "-c:a pcm_s16le"),
            of("Core Audio", "a.caf", "caf", 16_000, 0.0001, 90, "-c:a pcm_s16le"),
            of("ALAC in Core Audio", "b.caf", "caf", 16_000, 0.0001, 90, "-c:a alac"),
            of("WavPack", "a.wv", "wavpack", 16_000, 0.0001, 90, "-c:a wavpack"),
            of("True Audio", "a.tta", "tta", 16_000, 0.0001, 90, "-c:a tta"),
            of("Creative Voice", "a.voc", "voc", 16_000, 0.001, 90, "-c:a pcm_s16le"),
            of("MPEG layer II", "a.mp2", "mpeg", 16_000, 0.08, 20, "-c:a mp2 -b:a 64k"),
            of("Opus in WebM", "a.webm", "matroska", 16_000, 0.02, 5, "-c:a libopus -b:a 64k"),
            of("AAC in Matroska", "a.mkv", "matroska", 16_000, 0.13, 10, "-c:a aac -b:a 64k"),
            of("PCM in AVI", "a.avi", "avi", 16_000, 0.001, 90, "-c:a pcm_s16le"),
            video("video in MP4", "d.mp4", "mp4", 0.064, 10, "-c:v mpeg4 -c:a aac -b:a 64k"),
            video("video in WebM", "d.webm", "matroska", 0.02, 5, "-c:v libvpx -c:a libopus -b:a 64k"));

    private static ForeignFile of(
            String label, String name, String container, int rate, double frame, double decibels, String options) {
        return new ForeignFile(label, name, container, rate, frame, decibels, options);
    }

    private static ForeignFile video(
            String label, String name, String container, double frame, double decibels, String options) {
        return of(label, name, container, 16_000, frame, decibels, "-f lavfi -i testsrc=d=1:s=64x48 " + options);
    }

    /** Encodes a signal into a file in a folder. */
    byte[] encode(float[] samples, Path folder) {
        return encode(name, new Waveform(samples, sampleRate), folder, options);
    }

    /**
     * Encodes a signal into a file in a folder.
     *
     * @param options the options of ffmpeg, separated by spaces
     */
    static byte[] encode(String name, Waveform signal, Path folder, String options) {
        try {
            Path original = Files.write(folder.resolve("original.wav"), WavWriter.write(signal));
            Path file = folder.resolve(name);
            List<String> command =
                    new ArrayList<>(List.of(FfmpegProgram.find("").toString(), "-nostdin"));
            command.addAll(List.of("-v", "error", "-y", "-i", original.toString()));
            command.addAll(Arrays.asList(options.split(" ")));
            command.add(file.toString());
            Path log = folder.resolve("encoder.log");
            int exitCode = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(log));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A voice-like signal: a pitch that glides, under two formants that move, with pauses. */
    static float[] voice(int sampleRate, double seconds) {
        float[] samples = new float[(int) (sampleRate * seconds)];
        double phase = 0;
        for (int i = 0; i < samples.length; i++) {
            double time = (double) i / sampleRate;
            double pitch = 140 + 40 * Math.sin(2 * Math.PI * 0.7 * time);
            phase += 2 * Math.PI * pitch / sampleRate;
            double sum = 0;
            for (int harmonic = 1; harmonic * pitch < 3400; harmonic++) {
                double frequency = harmonic * pitch;
                double first = (frequency - 500 - 200 * Math.sin(9 * time)) / 150;
                double second = (frequency - 1600 - 400 * Math.cos(7 * time)) / 250;
                sum += (Math.exp(-first * first) + 0.4 * Math.exp(-second * second) + 0.02)
                        * Math.sin(harmonic * phase);
            }
            double loudness = Math.max(0.02, Math.sin(2 * Math.PI * 1.5 * time));
            samples[i] = Math.round(0.25 * loudness * sum * 32768) / 32768f; // Lossless formats have 16 bits.
        }
        return samples;
    }

    /** Returns the ratio of a signal to its difference from another one in dB, for the best delay of up to 0.2 s. */
    static double signalToNoise(float[] original, float[] decoded, int sampleRate) {
        int max = sampleRate / 5;
        int best = -max;
        double bestRatio = Double.NEGATIVE_INFINITY;
        for (int delay = -max; delay <= max; delay++) {
            double ratio = signalToNoise(original, decoded, max, delay, 13);
            best = ratio > bestRatio ? delay : best;
            bestRatio = Math.max(ratio, bestRatio);
        }
        return signalToNoise(original, decoded, max, best, 1);
    }

    private static double signalToNoise(float[] original, float[] decoded, int margin, int delay, int step) {
        double signal = 0;
        double noise = 1e-12;
        int to = Math.min(original.length - margin, decoded.length - delay);
        for (int i = margin; i < to; i += step) {
            double difference = original[i] - decoded[i + delay];
            signal += (double) original[i] * original[i];
            noise += difference * difference;
        }
        return 10 * Math.log10(signal / noise);
    }

    /** Asserts that this JVM has no child processes; those that were killed may need a moment to end. */
    static void assertNoProcesses() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (processes().findAny().isPresent() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(processes()).isEmpty();
    }

    private static Stream<ProcessHandle> processes() {
        return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive);
    }
}
