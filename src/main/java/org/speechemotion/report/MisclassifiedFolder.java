package org.speechemotion.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.corpus.Csv;

/** A folder with copies of misclassified clips, byte for byte, and {@code index.csv}, which says what each was taken for. */
public final class MisclassifiedFolder {
    private MisclassifiedFolder() {}

    /**
     * Copies the clips. One that cannot be read any more is told of, and is in the index without a file.
     *
     * @param most larger files are not copied, in bytes
     */
    public static void write(
            List<Misclassified> clips, AudioSource audio, long most, Path folder, Consumer<String> console)
            throws IOException {
        Files.createDirectories(folder);
        StringBuilder index = new StringBuilder(Csv.format(Misclassified.HEADER));
        for (Misclassified clip : clips) {
            index.append(clip.line(copy(clip, audio, most, folder, console) ? clip.fileName() : ""));
        }
        Files.writeString(folder.resolve("index.csv"), index);
    }

    private static boolean copy(Misclassified clip, AudioSource audio, long most, Path folder, Consumer<String> console)
            throws IOException {
        String path = clip.prediction().example().path();
        byte[] bytes;
        try {
            bytes = audio.read(path, most);
        } catch (IOException | RuntimeException e) {
            console.accept("not copied: " + path + ": " + FailureMessage.of(e));
            return false;
        }
        Files.write(folder.resolve(clip.fileName()), bytes);
        return true;
    }
}
