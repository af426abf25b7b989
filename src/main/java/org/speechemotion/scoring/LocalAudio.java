package org.speechemotion.scoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.common.LocalPaths;

/** Reads files of this machine. */
public final class LocalAudio implements AudioSource {
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    @Override
    public byte[] read(String path, long maxBytes) throws IOException {
        try (Opened opened = open(path, maxBytes)) {
            return opened.stream().readNBytes((int) Math.min(maxBytes, MAX_ARRAY));
        }
    }

    @Override
    public Opened open(String path, long maxBytes) throws IOException {
        Path file;
        try {
            file = LocalPaths.of(path);
        } catch (InvalidPathException e) {
            throw new IOException("not a path: " + e.getMessage(), e);
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(path, null, "no such file");
        }
        // Reading a pipe or a device might never end.
        if (!Files.isRegularFile(file)) {
            throw new IOException(path + " is not a regular file");
        }
        long size = Files.size(file);
        if (size > maxBytes) {
            throw new TooLargeException(size, maxBytes);
        }
        return new Opened(Files.newInputStream(file), size, file.toString());
    }
}
