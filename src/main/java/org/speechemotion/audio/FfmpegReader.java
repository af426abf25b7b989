package org.speechemotion.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.speechemotion.audio.ffmpeg.FfmpegProcess;
import org.speechemotion.audio.ffmpeg.FfmpegProcess.Ending;
import org.speechemotion.audio.ffmpeg.FfmpegProgram;
import org.speechemotion.audio.ffmpeg.FfmpegSettings;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.TemporaryFiles;

/** Reads a format by a process of ffmpeg. The result depends on this file alone, even if the process fails. */
final class FfmpegReader implements ContainerReader {

    /** Recordings must be decoded at least this many times faster than they are played. */
    private static final double MIN_SPEED = 10;

    /** The number of unused bytes that the pipe and the buffers of the program may hold. */
    private static final long MAX_UNREAD_BYTES = 1 << 18;

    private static final String TEMPORARY = "speech-emotion-audio";
    private static final int SIGNAL = 128;

    private final ForeignFormat format;
    private final AudioSettings settings;

    FfmpegReader(ForeignFormat format, AudioSettings settings) {
        this.format = format;
        this.settings = settings;
    }

    @Override
    public String container() {
        return format.container();
    }

    @Override
    public void read(ByteInput input, SampleSink sink) throws IOException, RejectedException {
        requireProgram();
        Ending ending = format.needsSeeking(input) ? decodeCopy(input, sink) : decodeStream(input, sink);
        judge(ending, sink);
    }

    private void requireProgram() throws RejectedException {
        try {
            FfmpegProgram.find(settings.ffmpeg().program());
        } catch (IOException e) {
            throw RejectionReason.UNSUPPORTED.exception(
                    format.description() + " is decoded by ffmpeg, but " + FailureMessage.of(e));
        }
    }

    private Ending decodeStream(ByteInput input, SampleSink sink) throws IOException, RejectedException {
        try (InputStream file = input.rest()) {
            return FfmpegProcess.decode(limits(), processorSeconds(), format.options(), file, output(sink));
        }
    }

    private Ending decodeCopy(ByteInput input, SampleSink sink) throws IOException, RejectedException {
        long maxBytes = limits().maximumTemporaryBytes();
        if (input.remaining() > maxBytes) {
            throw RejectionReason.UNSUPPORTED.exception(
                    "the index follows the audio, so that the file must be copied to"
                            + " a temporary file, but it has " + input.remaining() + " bytes; allowed: at most "
                            + maxBytes
                            + " (audio.ffmpeg.maximum-temporary-bytes)");
        }
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        TemporaryFiles.sweepFiles(folder, TEMPORARY);
        Path copy = TemporaryFiles.createFile(folder, TEMPORARY);
        try {
            try (InputStream file = input.rest();
                    OutputStream to = Files.newOutputStream(copy)) {
                file.transferTo(to);
            }
            return FfmpegProcess.decode(limits(), processorSeconds(), format.options(), copy, output(sink));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private FfmpegSettings limits() {
        return settings.ffmpeg();
    }

    private double processorSeconds() {
        return limits().stallSeconds() + settings.maximumSeconds() / MIN_SPEED;
    }

    private static FfmpegProcess.Output output(SampleSink sink) {
        return new FfmpegProcess.Output() {
            @Override
            public void begin(int sampleRate, int channels) throws RejectedException {
                sink.begin(sampleRate, channels, 0, 0);
            }

            @Override
            public void accept(float[] interleaved, int frames) throws RejectedException {
                sink.accept(interleaved, frames);
            }
        };
    }

    private void judge(Ending ending, SampleSink sink) throws RejectedException {
        String first = ending.messages().isEmpty() ? "" : ending.messages().get(0);
        String message = first.isEmpty() ? "" : ": " + first;
        if (ending.stalled()) {
            throw RejectionReason.UNREADABLE.exception("ffmpeg made no progress for " + limits().stallSeconds()
                    + " s and was stopped (audio.ffmpeg.stall-seconds)");
        }
        if (ending.frames() == 0 && says(ending, "matches no streams")) {
            throw RejectionReason.UNSUPPORTED.exception("there is no sound in this file: " + format.description());
        }
        if (ending.frames() == 0 && (says(ending, "while opening decoder") || says(ending, "ecoder not found"))) {
            throw RejectionReason.UNSUPPORTED.exception(
                    "the codec of this file is not allowed: " + format.description() + message);
        }
        if (ending.exitCode() > SIGNAL) {
            throw RejectionReason.UNREADABLE.exception(String.format(
                    Locale.ROOT,
                    "ffmpeg was ended by signal %d%s, which a damaged file causes, or more than %.0f s of processor"
                            + " time or %d bytes of memory",
                    ending.exitCode() - SIGNAL,
                    message,
                    processorSeconds(),
                    limits().maximumMemoryBytes()));
        }
        if (ending.exitCode() != 0) {
            throw RejectionReason.UNREADABLE.exception("ffmpeg failed with exit code " + ending.exitCode() + message);
        }
        if (ending.frames() == 0) {
            throw first.isEmpty()
                    ? RejectionReason.EMPTY.exception("there are no samples")
                    : RejectionReason.UNREADABLE.exception("ffmpeg found no samples" + message);
        }
        if (ending.unread() > MAX_UNREAD_BYTES) {
            throw RejectionReason.UNREADABLE.exception(
                    "ffmpeg did not read the last " + ending.unread() + " bytes" + message);
        }
        note(ending.messages(), sink);
    }

    private static void note(List<String> messages, SampleSink sink) {
        if (!messages.isEmpty()) {
            int more = messages.size() - 1;
            sink.note("ffmpeg reported: " + messages.get(0) + (more > 0 ? ", and more" : ""));
        }
    }

    private static boolean says(Ending ending, String words) {
        return ending.messages().stream().anyMatch(line -> line.contains(words));
    }
}
