package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest extends CorpusContract {
    private static final String HEADER = "path,actor_id,emotion\n";

    @Override
    Corpus corpus() {
        return new Manifest();
    }

    @Override
    CorpusFiles good() {
        return manifest(HEADER + "a.wav,ann,happy\nsub/b.flac,bob,sad\n");
    }

    @Override
    CorpusFiles mixed() {
        return manifest(HEADER + "a.wav,ann,happy\n,ann,happy\nsub/b.flac,bob,glee\n");
    }

    @Override
    int mixedCount() {
        return 3;
    }

    @Test
    void readsEveryColumnItKnows() throws IOException {
        assertThat(read(manifest("\uFEFFemotion, note ,path,statement,actor_id,intensity\r\n"
                        + "Angry,\"x, y\",/elsewhere/c.mp3,\"Go\naway\", ann ,high\r\n")))
                .containsExactly(new Entry.Labelled(
                        new Clip("/elsewhere/c.mp3", "manifest", "manifest:ann", Emotion.ANGRY, "high", "Go\naway")));
    }

    @Test
    void relativePathsAreRelativeToTheManifest() throws IOException {
        assertThat(read(good()).stream().map(Entry::path)).containsExactly("/data/a.wav", "/data/sub/b.flac");
    }

    @Test
    void aNameOfItsOwnKeepsItsSpeakersApart() throws IOException {
        assertThat(clips(corpus().read(good(), Map.of("name", "radio"))).stream()
                        .map(Clip::actorId))
                .containsExactly("radio:ann", "radio:bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b"})
    void aNameThatActorIdsCannotCarryIsRefused(String name) {
        assertThatThrownBy(() -> corpus().read(good(), Map.of("name", name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option name of corpus manifest is \"%s\"; allowed: not blank, no colon", name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''        | path is empty",
                ",ann,sad  | path is empty",
                "a.wav,,sad | actor_id is empty",
                "a.wav,ann, | emotion is \"\"; allowed: neutral, calm, happy, sad, angry, fearful, disgust, surprised",
                "a.wav,ann,joy | emotion is \"joy\"; allowed: neutral, calm, happy, sad, angry, fearful, disgust, surprised",
                "a.wav,ann | the row has 2 value(s); the header has 3: path,actor_id,emotion",
                "a.wav,ann,sad,really | the row has 4 value(s); the header has 3: path,actor_id,emotion",
                "gone.wav,ann,sad | there is no file at /data/gone.wav",
                "sub/b.flac,ann,sad | the path is listed on line 2 already",
            })
    void aBadRowSaysWhichAndWhy(String row, String reason) throws IOException {
        String text = row.isEmpty() ? "\"\",ann,sad" : row;

        List<Entry> entries = read(manifest(HEADER + "sub/b.flac,bob,calm\n" + text + "\n"));

        assertThat(entries).hasSize(2);
        assertThat(rejections(entries)).singleElement().satisfies(rejected -> assertThat(rejected.reason())
                .isEqualTo("/data/list.csv, line 3: " + reason));
    }

    @Test
    void aPathThatIsNoneIsRejected() throws IOException {
        assertThat(rejections(read(manifest(HEADER + "a\0.wav,ann,sad\n"))))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).contains("line 2: path is \"a\0.wav\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path,speaker,emotion | /data/list.csv has no column \"actor_id\"; its header is: path,speaker,emotion",
                "path;actor_id;emotion | /data/list.csv has no column \"path\"; its header is: path;actor_id;emotion",
                "'' | /data/list.csv has no column \"path\"; its header is: ",
                "path,actor_id,emotion,path | /data/list.csv names a column twice; its header is: path,actor_id,emotion,path",
            })
    void aBadHeaderIsAnError(String header, String message) {
        assertThatThrownBy(() -> read(manifest(header + "\n")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        message.equals("/data/list.csv has no column \"path\"; its header is:")
                                ? message + " "
                                : message);
    }

    @Test
    void textThatIsNotUtf8IsAnError(@TempDir Path folder) throws IOException {
        Path list = Files.write(
                folder.resolve("list.csv"), (HEADER + "é.wav,ann,sad\n").getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> read(new LocalFiles(list)))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("list.csv is not UTF-8 text");
    }

    @Test
    void readsFromTheLocalFileSystem(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("é.wav"));
        Path list = Files.writeString(folder.resolve("list.csv"), HEADER + "é.wav,ann,sad\nno.wav,ann,sad\n");

        List<Entry> entries = read(new LocalFiles(list));

        assertThat(clips(entries)).singleElement().satisfies(clip -> assertThat(Path.of(clip.path()))
                .exists());
        assertThat(rejections(entries)).hasSize(1);
    }

    private static CorpusFiles manifest(String text) {
        return new MemoryFiles("/data/list.csv")
                .with("/data/list.csv", text)
                .with("/data/a.wav", "")
                .with("/data/sub/b.flac", "")
                .with("/elsewhere/c.mp3", "");
    }
}
