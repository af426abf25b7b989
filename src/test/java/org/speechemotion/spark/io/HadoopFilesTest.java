package org.speechemotion.spark.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.CorpusFiles;
import org.speechemotion.corpus.CorpusFilesContract;

class HadoopFilesTest extends CorpusFilesContract {
    @Override
    protected CorpusFiles open(Path root) {
        try {
            return new HadoopFiles(root.toString(), new Configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pathsNameTheirFileSystem() throws IOException {
        Path file = Files.createFile(folder.resolve("list.csv"));
        CorpusFiles files = open(file);

        assertThat(files.root()).isEqualTo("file:" + file);
        assertThat(files.resolve(files.root(), "a/b.wav")).isEqualTo("file:" + folder.resolve("a/b.wav"));
        assertThat(files.resolve(files.root(), "/a/b.wav")).isEqualTo("file:/a/b.wav");
        assertThat(files.resolve(files.root(), "s3a://bucket/b.wav")).isEqualTo("s3a://bucket/b.wav");
    }
}
