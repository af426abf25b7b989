package org.speechemotion.spark.clips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundListingTest {
    private final Configuration hadoop = new Configuration();

    @TempDir
    Path folder;

    @Test
    void aListHasPathsRelativeToItselfAndAbsoluteOnes() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "b/two.wav\n\n  /sounds/one.flac \nreadme.md\n");
        SoundListing listing = SoundListing.of(Set.of(list.toString()), hadoop);
        assertThat(listing.files().get(list.toString()))
                .hasSize(2)
                .anySatisfy(path -> assertThat(path).endsWith("/sounds/one.flac"))
                .anySatisfy(path -> assertThat(path).endsWith(folder + "/b/two.wav"));
    }

    @Test
    void theRootIsTheCommonPrefix() throws IOException {
        Files.createDirectories(folder.resolve("noise/deep"));
        Files.createFile(folder.resolve("noise/deep/a.wav"));
        Files.createFile(folder.resolve("noise/b.wav"));
        String noise = folder.resolve("noise").toString();
        assertThat(SoundListing.of(Set.of(noise), hadoop).root(noise)).endsWith("/noise/");
    }

    @Test
    void emptyListsAreRejectedInOneLine() throws IOException {
        String empty =
                Files.writeString(folder.resolve("empty.txt"), "readme.md\n").toString();
        String binary = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0})
                .toString();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoundListing.of(Set.of(empty), hadoop))
                .withMessageContaining("empty.txt names no recordings");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoundListing.of(Set.of(binary), hadoop))
                .withMessageContaining("binary.txt is not a list of recordings");
    }
}
