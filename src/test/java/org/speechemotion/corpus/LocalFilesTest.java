package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalFilesTest extends CorpusFilesContract {
    @Override
    protected CorpusFiles open(Path root) {
        return new LocalFiles(root);
    }

    @Test
    void followsLinksWithoutCycles() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Files.createFile(real.resolve("a.wav"));
        Files.createSymbolicLink(real.resolve("back"), real);
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);

        assertThat(open(link).audioFiles())
                .containsExactly(link.resolve("a.wav").toString());
    }

    @Test
    void danglingLinksAreListed() throws IOException {
        Path dangling = Files.createSymbolicLink(folder.resolve("a.wav"), folder.resolve("gone"));

        assertThat(open(folder).audioFiles()).containsExactly(dangling.toString());
    }
}
