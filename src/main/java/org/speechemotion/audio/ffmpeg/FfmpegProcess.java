package org.speechemotion.audio.ffmpeg;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.speechemotion.common.RejectedException;

/**
 * One run of ffmpeg, which decodes the first audio stream of a file. The process gets the file from a pipe, or from one
 * temporary file, and returns samples by a pipe. It may open no other file and no network connection and has no environment.
 * Its address space and processor time are limited by the operating system. It is killed if it makes no progress, and it
 * always ends before {@link #decode} returns; if this JVM is killed, its pipes break and it ends too.
 */
public final class FfmpegProcess {

    /** Receives decoded samples. */
    public interface Output {
        /** Begins the samples; called once. */
        void begin(int sampleRate, int channels) throws RejectedException;

        /** Takes the next samples {@code [frames * channels]}, valid until this method returns. */
        void accept(float[] interleaved, int frames) throws RejectedException;
    }

    /**
     * The result of a run.
     *
     * @param exitCode the exit code of the process; 128 and the number of a signal that ended it
     * @param stalled whether it was killed because it made no progress
     * @param frames the number of frames that it decoded
     * @param unread the number of bytes of the file that it did not take
     * @param messages the first lines of its errors
     */
    public record Ending(int exitCode, boolean stalled, long frames, long unread, List<String> messages) {}

    private static final Path SHELL = Path.of("/bin/sh");

    /** The decoders that a file may use; those of images and video, which it may name too, are not run. */
    private static final String DECODERS = String.join(
            ",",
            "aac,aac_latm,ac3,adpcm_g722,g722,adpcm_g726,g726,g726le,g723_1,g729,adpcm_ima_oki,adpcm_ima_qt,adpcm_ima_wav",
            "adpcm_ms,adpcm_swf,adpcm_yamaha,alac,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,eac3,flac,gsm,gsm_ms",
            "libgsm,libgsm_ms,mp1,mp1float,mp2,mp2float,mp3,mp3float,nellymoser,opus,libopus,libspeex,speex,pcm_alaw",
            "pcm_f32be,pcm_f32le,pcm_f64be,pcm_f64le,pcm_mulaw,pcm_s16be,pcm_s16le,pcm_s24be,pcm_s24le,pcm_s32be,pcm_s32le",
            "pcm_s8,pcm_u8,truespeech,tta,vorbis,libvorbis,wavpack,wmalossless,wmapro,wmav1,wmav2,wmavoice");

    private static final long MAX_BLOCK_BYTES = 64L << 20;
    private static final int BLOCK_SAMPLES = 8192;
    private static final int MAX_CHANNELS = 255;
    private static final int AU_MAGIC = 0x2e736e64;
    private static final int AU_HEADER_BYTES = 24;
    private static final long END_SECONDS = 10;

    private final Process process;
    private final Watchdog watchdog;
    private final Feeder feeder;
    private long frames;

    private FfmpegProcess(Process process, InputStream file, double stallSeconds) {
        this.process = process;
        watchdog = new Watchdog(process, stallSeconds);
        feeder = new Feeder(file, process.getOutputStream(), watchdog);
    }

    /**
     * Decodes a file from a stream.
     *
     * @param input the options that describe the file, such as {@code -f ogg}
     * @param processorSeconds the maximum processor time in s
     * @param file the file up to its end; read by another thread until this method returns
     * @throws IOException if there is no program or it cannot be started, or the file cannot be read
     * @throws RejectedException from the output
     */
    public static Ending decode(
            FfmpegSettings settings, double processorSeconds, List<String> input, InputStream file, Output output)
            throws IOException, RejectedException {
        List<String> options = new ArrayList<>(List.of("-protocol_whitelist", "pipe"));
        options.addAll(input);
        options.addAll(List.of("-i", "pipe:0"));
        return run(settings, processorSeconds, options, file, output);
    }

    /** Decodes a file of this machine, in which the program may seek. */
    public static Ending decode(
            FfmpegSettings settings, double processorSeconds, List<String> input, Path file, Output output)
            throws IOException, RejectedException {
        List<String> options = new ArrayList<>(List.of("-protocol_whitelist", "file"));
        options.addAll(input);
        options.addAll(List.of("-i", "file:" + file.toAbsolutePath()));
        return run(settings, processorSeconds, options, InputStream.nullInputStream(), output);
    }

    private static Ending run(
            FfmpegSettings settings, double processorSeconds, List<String> input, InputStream file, Output output)
            throws IOException, RejectedException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            // No core dump, no bytes into files, the processor time in s, the address space in KiB.
            String limits = String.format(
                    "ulimit -c 0; ulimit -f 0; ulimit -t %d; ulimit -v %d 2>/dev/null; exec \"$0\" \"$@\"",
                    (long) Math.ceil(processorSeconds), settings.maximumMemoryBytes() >> 10);
            command.addAll(List.of(SHELL.toString(), "-c", limits));
        }
        command.add(FfmpegProgram.find(settings.program()).toString());
        command.addAll(List.of("-nostdin", "-hide_banner", "-loglevel", "error", "-max_error_rate", "0.1"));
        command.addAll(List.of("-max_alloc", Long.toString(Math.min(MAX_BLOCK_BYTES, settings.maximumMemoryBytes()))));
        command.addAll(List.of("-codec_whitelist", DECODERS));
        command.addAll(List.of("-threads", "1", "-filter_threads", "1"));
        command.addAll(input);
        command.addAll(List.of("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1"));
        command.addAll(List.of("-fflags", "+bitexact", "-c:a", "pcm_f32be", "-f", "au", "pipe:1"));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        return new FfmpegProcess(builder.start(), file, settings.stallSeconds()).run(output);
    }

    private Ending run(Output output) throws IOException, RejectedException {
        watchdog.start();
        feeder.start();
        try {
            try {
                read(output);
            } catch (IOException closed) {
                if (!watchdog.stalled()) {
                    throw closed;
                }
                // The watchdog has killed the process, and with it its streams.
            }
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                watchdog.kill();
            }
            int exitCode = process.waitFor();
            feeder.join();
            feeder.rethrow();
            return new Ending(exitCode, watchdog.stalled(), frames, feeder.unread(), watchdog.messages());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("decoding was interrupted").initCause(e);
        } finally {
            end();
        }
    }

    /** Reads the samples in the AU format of Sun, whose header is that of the format's description. */
    private void read(Output output) throws IOException, RejectedException {
        DataInputStream samples = new DataInputStream(process.getInputStream());
        int channels;
        byte[] block;
        try {
            int magic = samples.readInt();
            int headerBytes = samples.readInt();
            samples.readInt(); // the length, which is unknown
            samples.readInt(); // the encoding
            int sampleRate = samples.readInt();
            channels = samples.readInt();
            if (magic != AU_MAGIC || headerBytes < AU_HEADER_BYTES || channels < 1 || channels > MAX_CHANNELS) {
                throw new IOException("ffmpeg did not write an AU header");
            }
            samples.readFully(new byte[headerBytes - AU_HEADER_BYTES]);
            output.begin(sampleRate, channels);
            block = new byte[Math.max(1, BLOCK_SAMPLES / channels) * channels * Float.BYTES];
        } catch (EOFException nothing) {
            return; // The exit code and the messages tell why.
        }
        float[] values = new float[block.length / Float.BYTES];
        for (int bytes = samples.readNBytes(block, 0, block.length);
                bytes > 0;
                bytes = samples.readNBytes(block, 0, block.length)) {
            int count = bytes / (channels * Float.BYTES);
            ByteBuffer.wrap(block).asFloatBuffer().get(values, 0, count * channels);
            watchdog.pause();
            output.accept(values, count);
            watchdog.goOn();
            frames += count;
        }
    }

    /** Ends the process and both threads. The feeder may be in the file's stream, which its caller needs again. */
    private void end() {
        watchdog.kill();
        watchdog.end();
        boolean interrupted = false;
        while (feeder.isAlive()) {
            try {
                feeder.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
