package org.speechemotion.common;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces files atomically and durably. A reader finds either the old or the new content, also after a crash or a loss
 * of power. Each file must have at most one writer at a time.
 */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Content that is written piece by piece. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Creates or replaces a file. The content is first written to a hidden file beside it. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
    }

    /** Creates or replaces a file by content that need not be in memory. */
    public static void write(Path file, Content content) throws IOException {
        Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
        try {
            try (OutputStream out = Files.newOutputStream(partial)) {
                content.writeTo(out);
            }
            move(partial, file);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Creates or replaces a UTF-8 text file. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Gives a finished file or folder its final name once its content is on the disk.
     *
     * @param target on the same file system; an existing file is replaced, an existing folder only if it is empty
     */
    public static void move(Path finished, Path target) throws IOException {
        sync(finished);
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(target.toAbsolutePath().getParent());
    }

    /** Waits until the content of a file, or the entries of a folder, are on the disk. */
    public static void sync(Path path) throws IOException {
        StandardOpenOption access = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }
}
