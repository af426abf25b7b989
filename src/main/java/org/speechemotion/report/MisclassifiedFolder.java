package org.speechemotion.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.corpus.Csv;

/**
 * Writes the folder {@code misclassified}, which has exact copies of misclassified clips and an {@code index.csv} with
 * their true and predicted emotions.
 */
public final class MisclassifiedFolder {
    private MisclassifiedFolder() {}

    /**
     * Copies the clips. A clip that can no longer be read is reported on the console and listed in the index without a
     * file.
     *
     * @param maxBytes the maximum size in bytes of a copied file
     */
    public static void write(
            List<Misclassified> clips, AudioSource audio, long maxBytes, Path folder, Consumer<String> console)
            throws IOException {
        Files.createDirectories(folder);
        StringBuilder index = new StringBuilder(Csv.format(Misclassified.HEADER));
        for (Misclassified clip : clips) {
            index.append(clip.line(copy(clip, audio, maxBytes, folder, console) ? clip.fileName() : ""));
        }
        Files.writeString(folder.resolve("index.csv"), index);
    }

    private static boolean copy(
            Misclassified clip, AudioSource audio, long maxBytes, Path folder, Consumer<String> console)
            throws IOException {
        String path = clip.prediction().example().path();
        byte[] bytes;
        try {
            bytes = audio.read(path, maxBytes);
        } catch (IOException | RuntimeException e) {
            console.accept("not copied: " + path + ": " + FailureMessage.of(e));
            return false;
        }
        Files.write(folder.resolve(clip.fileName()), bytes);
        return true;
    }
}
