package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
        return manifest(HEADER + "a.wav,ann,happy\n,ann,happy\nsub/b.flac,bob,\n");
    }

    @Override
    int mixedCount() {
        return 3;
    }

    @Test
    void readsEveryColumnItKnows() throws IOException {
        assertThat(read(manifest("\uFEFFemotion, note ,path,statement,actor_id,intensity\r\n"
                        + "Angry,\"x, y\",/elsewhere/c.mp3,\"Go\naway\", ann ,high\r\n")))
                .containsExactly(new Entry.Labelled(Clip.of("/elsewhere/c.mp3", "manifest:ann", Emotion.ANGRY)
                        .withIntensity("high")
                        .withStatement("Go\naway")));
    }

    @Test
    void relativePathsAreRelativeToTheManifest() throws IOException {
        assertThat(read(good()).stream().map(Entry::path)).containsExactly("/data/a.wav", "/data/sub/b.flac");
    }

    @Test
    void aCorpusNameKeepsSpeakersApart() throws IOException {
        assertThat(clips(corpus().read(good(), Map.of("name", "radio"))).stream()
                        .map(Clip::speakerId))
                .containsExactly("radio:ann", "radio:bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b"})
    void namesThatFitNoSpeakerIdAreRejected(String name) {
        assertThatThrownBy(() -> corpus().read(good(), Map.of("name", name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "option name of corpus manifest is \"%s\"; allowed: names that are not blank and have no colon",
                        name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''        | row | path is empty",
                ",ann,sad  | row | path is empty",
                "a.wav,,sad | row | actor_id is empty",
                "a.wav,ann, | no-label | emotion is empty, and there are no votes",
                "a.wav,ann | row | the row has 2 value(s); allowed: 3, the header's: path,actor_id,emotion",
                "a.wav,ann,sad,really | row | the row has 4 value(s); allowed: 3, the header's: path,actor_id,emotion",
                "gone.wav,ann,sad | missing | there is no file at /data/gone.wav",
                "sub/b.flac,bob,calm | copy | the path is listed on line 2 already",
            })
    void badRowsAreRejectedWithLineAndReason(String row, String code, String message) throws IOException {
        String text = row.isEmpty() ? "\"\",ann,sad" : row;

        List<Entry> entries = read(manifest(HEADER + "sub/b.flac,bob,calm\n" + text + "\n"));

        assertThat(entries).hasSize(2);
        assertThat(rejections(entries)).singleElement().satisfies(rejected -> assertThat(
                        rejected.rejection().text())
                .isEqualTo(code + ": /data/list.csv, line 3: " + message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Columns that are missing, and empty cells, are 0; shares are as good as counts.
                "happy | 1 | 3 | ''  | HAPPY | 0.25 | 0.75 | 0",
                "happy | 0 | 0.5 | 5e-1 | HAPPY | 0 | 0.5 | 0.5",
                "ANGRY | 0 | .5 | 1.50 | ANGRY | 0 | 0.25 | 0.75",
                "'' | 1 | 6 | 1 | SAD | 0.125 | 0.75 | 0.125",
            })
    void votesAreTheSoftLabel(
            String emotion,
            String happyVotes,
            String sadVotes,
            String angryVotes,
            String expected,
            double happy,
            double sad,
            double angry)
            throws IOException {
        String text = "votes_sad,path,actor_id,votes_happy,emotion,votes_angry\n%s,a.wav,ann,%s,%s,%s\n"
                .formatted(sadVotes, happyVotes, emotion, angryVotes);
        assertThat(clips(read(manifest(text)))).singleElement().satisfies(clip -> {
            assertThat(clip.emotion()).isEqualTo(EmotionSet.EIGHT.parse(expected));
            assertThat(clip.softLabel().shares()).containsExactly(0.0, 0.0, happy, sad, angry, 0.0, 0.0, 0.0);
        });
    }

    @ParameterizedTest
    @CsvSource({"'path,actor_id,emotion\na.wav,ann,sad'", "'path,actor_id,emotion,votes_happy\na.wav,ann,sad,0'"})
    void withoutVotesTheEmotionHasTheWholeShare(String text) throws IOException {
        assertThat(clips(read(manifest(text.replace("\\n", "\n")))))
                .singleElement()
                .satisfies(clip -> assertThat(clip.softLabel()).isEqualTo(SoftLabel.of(Emotion.SAD)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'',2,2,1 | no-label | emotion is empty, and several emotions have the most votes: happy, sad",
                "'',0,0,0 | no-label | emotion is empty, and there are no votes",
                "sad,-1,0,0 | votes | votes_happy is \"-1\"; allowed: a number of at least 0",
                "sad,0,NaN,0 | votes | votes_sad is \"NaN\"; allowed: a number of at least 0",
                "sad,0,0,Infinity | votes | votes_angry is \"Infinity\"; allowed: a number of at least 0",
                "sad,0,0,1e999 | votes | votes_angry is \"1e999\"; allowed: a number of at least 0",
                "sad,0,0,0x1p3 | votes | votes_angry is \"0x1p3\"; allowed: a number of at least 0",
                "sad,0,0,many | votes | votes_angry is \"many\"; allowed: a number of at least 0",
                "sad,1;5,0,0 | votes | votes_happy is \"1;5\"; allowed: a number of at least 0",
            })
    void badVotesAreRejectedWithColumnAndReason(String row, String code, String message) throws IOException {
        String text = "path,actor_id,emotion,votes_happy,votes_sad,votes_angry\nsub/b.flac,bob,calm,1,2,3\na.wav,ann,"
                + row.replace("''", "") + "\n";
        List<Entry> entries = read(manifest(text));
        assertThat(clips(entries)).hasSize(1);
        assertThat(rejections(entries)).singleElement().satisfies(rejected -> assertThat(
                        rejected.rejection().text())
                .isEqualTo(code + ": /data/list.csv, line 3: " + message));
    }

    @Test
    void aColumnOfVotesForNoEmotionIsAnError() {
        assertThatThrownBy(() -> read(manifest("path,actor_id,emotion,votes_boredom\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("/data/list.csv: column of votes is \"votes_boredom\"; allowed: votes_neutral,"
                        + " votes_calm, votes_happy, votes_sad, votes_angry, votes_fearful, votes_disgust,"
                        + " votes_surprised");
    }

    @Test
    void columnsOfVotesMayHaveOtherNamesOfEmotions() throws IOException {
        assertThat(clips(read(manifest("path,actor_id,emotion,votes_joy,votes_Anger\na.wav,ann,,1,3\n"))))
                .singleElement()
                .satisfies(clip -> assertThat(clip.softLabel().shares())
                        .containsExactly(0.0, 0.0, 0.25, 0.0, 0.75, 0.0, 0.0, 0.0));
        assertThatThrownBy(() -> read(manifest("path,actor_id,emotion,votes_joy,votes_happy\na.wav,ann,,1,3\n")))
                .hasMessageContaining("the column \"votes_happy\" occurs twice");
    }

    @Test
    void anInvalidPathIsRejected() throws IOException {
        assertThat(rejections(read(manifest(HEADER + "a\0.wav,ann,sad\n"))))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.rejection().text()).contains("line 2: path is \"a\0.wav\""));
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

    static CorpusFiles manifest(String text) {
        return new MemoryFiles("/data/list.csv")
                .with("/data/list.csv", text)
                .with("/data/a.wav", "")
                .with("/data/sub/b.flac", "")
                .with("/elsewhere/c.mp3", "");
    }
}
