package org.speechemotion.spark.scoring;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.archive.ArchiveLimits;
import org.speechemotion.archive.Archives;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioOpener;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.AudioSource.Opened;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.common.LocalPaths;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;
import org.speechemotion.common.TemporaryFiles;
import org.speechemotion.scoring.LocalAudio;
import org.speechemotion.scoring.Recording;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.spark.io.FileListing;

/**
 * The inputs of a command that scores on this machine without Spark. They are named like the inputs of a {@link ScoringRun}: a
 * file, a folder, a glob or an archive, and also {@value #STANDARD_INPUT} for the standard input, which is copied to a temporary
 * file.
 */
public final class LocalInputs implements AudioOpener<LocalInputs.Input>, Closeable {
    /** The operand that names the standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final String FILE_SYSTEM = "file:";
    private static final String COPY = "standard-input";
    private static final int BLOCK_BYTES = 1 << 20;

    private final ArchiveLimits limits;
    private final Configuration hadoop;
    private final InputStream standardInput;
    private final InputOpener opener;
    private final LocalAudio local = new LocalAudio();
    private Path temporary;

    /**
     * An input and its name. A {@link ScoringInput.Unusable} has a rejection and cannot be opened.
     *
     * @param name the name as the user would write it, relative to the working directory if the operand is
     */
    public record Input(String name, ScoringInput input) {
        /** Scores the input, or returns its rejection if it cannot be opened. */
        public Result<ScoredRecording> score(RecordingScorer<Input> scorer) {
            if (input instanceof ScoringInput.Unusable unusable) {
                return Result.rejected(unusable.rejection());
            }
            Recording<Input> recording = scorer.score(List.of(this).iterator()).next();
            return ((Recording.Finished<Input>) recording).result();
        }
    }

    /**
     * Creates inputs.
     *
     * @param limits the limits of archives
     * @param hadoop the configuration of other file systems
     * @param standardInput the stream that is read for {@value #STANDARD_INPUT}
     */
    public LocalInputs(ArchiveLimits limits, Configuration hadoop, InputStream standardInput) {
        this.limits = limits;
        this.hadoop = hadoop;
        this.standardInput = standardInput;
        opener = new InputOpener(hadoop);
    }

    /** Returns a source that decodes the inputs as a model requires. */
    public RecordingReader<Input> reader(RecordingSettings recordings, AudioSettings audio) {
        return new RecordingReader<>(this, new AudioDecoder(recordings.audio(audio)), recordings.channels());
    }

    /**
     * Lists the inputs that an operand names.
     *
     * @param maximumBytes the maximum size of the standard input; the rest is not read
     * @return at least one input; if the operand names nothing, a {@link ScoringInput.Unusable} with the reason
     */
    public List<Input> list(String operand, long maximumBytes) {
        try {
            if (operand.equals(STANDARD_INPUT)) {
                return List.of(new Input(operand, copied(maximumBytes)));
            }
            if (!Archives.isArchive(operand) && isFile(operand)) {
                return List.of(new Input(operand, new ScoringInput.File(operand, 0, 0)));
            }
            List<ScoringInput> inputs =
                    InputListing.onThisMachine(FileListing.entries(operand, hadoop), limits, hadoop);
            if (inputs.isEmpty()) {
                return List.of(unusable(operand, RejectionReason.EMPTY.rejection("there are no files")));
            }
            List<Input> named = new ArrayList<>();
            inputs.forEach(input -> named.add(new Input(name(operand, input.path()), input)));
            return named;
        } catch (IOException | RuntimeException e) {
            return List.of(unusable(operand, ClipReader.rejection(e)));
        }
    }

    private static Input unusable(String operand, Rejection rejection) {
        return new Input(operand, new ScoringInput.Unusable(operand, 0, 0, rejection));
    }

    private static boolean isFile(String operand) {
        try {
            return Files.isRegularFile(LocalPaths.of(operand));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private ScoringInput copied(long maximumBytes) throws IOException {
        if (temporary == null) {
            temporary = TemporaryFiles.createFolder("speech-emotion-input");
            try (OutputStream copy = Files.newOutputStream(temporary.resolve(COPY))) {
                // One byte more shows that the limit is exceeded.
                long left = maximumBytes + 1;
                for (byte[] block = block(left); block.length > 0; block = block(left)) {
                    copy.write(block);
                    left -= block.length;
                }
            }
        }
        return new ScoringInput.File(temporary.resolve(COPY).toString(), 0, 0);
    }

    private byte[] block(long left) throws IOException {
        return standardInput.readNBytes((int) Math.min(left, BLOCK_BYTES));
    }

    private static String name(String operand, String path) {
        if (!path.startsWith(FILE_SYSTEM) || operand.startsWith(FILE_SYSTEM)) {
            return path;
        }
        String name = path.substring(FILE_SYSTEM.length());
        String here = LocalPaths.text(Path.of("").toAbsolutePath()) + "/";
        return !operand.startsWith("/") && name.startsWith(here) ? name.substring(here.length()) : name;
    }

    @Override
    public Opened open(Input input, long maxBytes) throws IOException {
        // A local file needs no Hadoop, which takes a moment to start.
        return input.input() instanceof ScoringInput.File file && isFile(file.path())
                ? local.open(file.path(), maxBytes)
                : opener.open(input.input(), maxBytes);
    }

    @Override
    public void close() throws IOException {
        if (temporary != null) {
            TemporaryFiles.delete(temporary);
        }
    }
}
