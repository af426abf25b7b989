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
    public byte[] read(String path, long most) throws IOException {
        try (Opened opened = open(path, most)) {
            return opened.stream().readNBytes(Math.toIntExact(opened.length()));
        }
    }

    @Override
    public Opened open(String path, long most) throws IOException {
        Path file = new Path(path);
        FileSystem fileSystem = file.getFileSystem(configuration);
        // Hadoop would open pipes and devices, which may never end, and does not open names with a colon.
        if (FileTree.isLocal(fileSystem)) {
            return local.open(file.toUri().getPath(), most);
        }
        long size = fileSystem.getFileStatus(file).getLen();
        if (size > most) {
            throw new TooLargeException(size, most);
        }
        return new Opened(fileSystem.open(file), size, path);
    }
}
