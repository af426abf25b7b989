package org.speechemotion.spark.bindings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.speechemotion.scoring.SpeakerTurns;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.io.SmallFile;

/** Reads the file of speakers' turns, unless clustering finds them. */
public final class SpeakerFile {
    private static final String KEY = "score.speakers";
    private static final String CLUSTER = "cluster";
    private static final String COUNT = "score.speaker-count";
    private static final int MAX_COUNT = 8;
    private static final int MAX_BYTES = 1 << 28;

    private SpeakerFile() {}

    /**
     * Reads the file of {@code score.speakers}.
     *
     * @return no turns if it is not set
     * @throws IllegalArgumentException if a line is malformed, or no line is of a speaker
     * @throws FileNotFoundException if there is no such file
     */
    public static SpeakerTurns read(Settings settings, Configuration hadoop) throws IOException {
        int count = settings.integer(COUNT);
        if (count < 1 || count > MAX_COUNT) {
            throw new SettingsException(COUNT + " is " + count + "; allowed: 1 to " + MAX_COUNT);
        }
        Optional<String> name = settings.optionalString(KEY);
        if (name.isEmpty()) {
            return SpeakerTurns.NONE;
        }
        if (name.get().equals(CLUSTER)) {
            return SpeakerTurns.clustered(count);
        }
        Path file = new Path(name.get());
        byte[] content = SmallFile.read(file.getFileSystem(hadoop), file, MAX_BYTES)
                .orElseThrow(() -> new FileNotFoundException(KEY + " is " + file + ", which does not exist"));
        if (content.length == MAX_BYTES) {
            throw new SettingsException(KEY + " is " + file + ", which is too large; allowed: less than 256 MiB");
        }
        SpeakerTurns turns = SpeakerTurns.parse(new String(content, StandardCharsets.UTF_8), file.getName());
        if (turns.isEmpty()) {
            throw new SettingsException(KEY + " is " + file + ", which has no line that begins with SPEAKER");
        }
        return turns;
    }
}
