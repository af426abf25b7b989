package org.speechemotion.spark.io;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.scoring.LocalAudio;

/** Reads files of any Hadoop file system. It is thread-safe. */
public final class HadoopAudio implements AudioSource {
    private final Configuration configuration;
    private final LocalAudio local = new LocalAudio();

    public HadoopAudio(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public byte[] read(String path, long maxBytes) throws IOException {
        try (Opened opened = open(path, maxBytes)) {
            return opened.stream().readNBytes(Math.toIntExact(opened.length()));
        }
    }

    @Override
    public Opened open(String path, long maxBytes) throws IOException {
        Path file = new Path(path);
        FileSystem fileSystem = file.getFileSystem(configuration);
        // Hadoop would open pipes and devices, which may never end, and does not open names with a colon.
        if (FileTree.isLocal(fileSystem)) {
            return local.open(file.toUri().getPath(), maxBytes);
        }
        long size = fileSystem.getFileStatus(file).getLen();
        if (size > maxBytes) {
            throw new TooLargeException(size, maxBytes);
        }
        return new Opened(fileSystem.open(file), size, path);
    }
}
