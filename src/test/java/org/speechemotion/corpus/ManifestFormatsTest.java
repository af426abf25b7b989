package org.speechemotion.corpus;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests as spreadsheets and other tools write them: the same clips, or one plain line. */
class ManifestFormatsTest {
    private static final String PLAIN = "path,actor_id,emotion\na.wav,ann,happy\nsub/b.flac,bob,sad\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path;actor_id;emotion\na.wav;ann;happy\nsub/b.flac;bob;sad\n",
                "\"path\";\"actor_id\";\"emotion\"\n\"a.wav\";\"ann\";\"happy\"\n\"sub/b.flac\";\"bob\";\"sad\"\n",
                "path\tactor_id\temotion\na.wav\tann\thappy\nsub/b.flac\tbob\tsad\n",
                "path,actor_id,emotion\r\na.wav,ann,happy\r\nsub/b.flac,bob,sad\r\n",
                "path,actor_id,emotion\ra.wav,ann,happy\rsub/b.flac,bob,sad",
                "\uFEFFpath,actor_id,emotion\na.wav,ann,happy\nsub/b.flac,bob,sad\n",
                "file,speaker,emotion\na.wav,ann,happy\nsub/b.flac,bob,sad\n",
                "Speaker ID;Emotion;File Name\nann;happy;a.wav\nbob;sad;sub/b.flac\n",
                "wav,label,spk\na.wav,happy,ann\nsub/b.flac,sad,bob\n",
                "label,emotion,audio-path,actor\n2,happy,a.wav,ann\n3,sad,sub/b.flac,bob\n",
                "votes_joy;path;emotion;speaker\n1;a.wav;;ann\n0;sub/b.flac;sad;bob\n",
                ",path,actor_id,emotion,,\n0,a.wav,ann,happy,,\n1,sub/b.flac,bob,sad,,\n",
                "path,actor_id,emotion\n./a.wav,ann,happy\nsub\\b.flac,bob,sad\n",
                "path,note,actor_id,emotion\na.wav,\"two\nlines; one, comma\",ann,happy\nsub/b.flac,,bob,sad\n",
            })
    void readsFilesOfAllCommonPrograms(String text, @TempDir Path folder) throws IOException {
        assertThat(clips(folder, text.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        tuple(folder.resolve("a.wav").toString(), "manifest:ann", Emotion.HAPPY),
                        tuple(folder.resolve("sub/b.flac").toString(), "manifest:bob", Emotion.SAD));
    }

    /** Spreadsheets of many countries write semicolons between fields and a comma in numbers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "path;actor_id;emotion;votes_happy;votes_sad\na.wav;ann;;0,75;0,25\n",
                "path\tactor_id\temotion\tvotes_happy\tvotes_sad\na.wav\tann\t\t,75\t2,5e-1\n",
                "path;actor_id;emotion;votes_happy;votes_sad\na.wav;ann;;0.75;0.25\n"
            })
    void votesMayHaveADecimalComma(String text, @TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("a.wav"));
        Path manifest = Files.writeString(folder.resolve("list.csv"), text);
        assertThat(new Manifest().read(new LocalFiles(manifest), Map.of()))
                .singleElement()
                .isInstanceOfSatisfying(Entry.Labelled.class, entry -> {
                    assertThat(entry.clip().emotion()).isEqualTo(Emotion.HAPPY);
                    List<Double> shares = entry.clip().softLabel().shares();
                    assertThat(shares.get(Emotion.HAPPY.label())).isEqualTo(0.75);
                    assertThat(shares.get(Emotion.SAD.label())).isEqualTo(0.25);
                });
    }

    /** If commas separate fields, a comma in a number is ambiguous: it may separate thousands. */
    @Test
    void votesInAFileOfCommasHaveADecimalPoint(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("a.wav"));
        Path manifest = Files.writeString(
                folder.resolve("list.csv"), "path,actor_id,emotion,votes_happy\na.wav,ann,,\"1,234\"\n");
        assertThat(new Manifest().read(new LocalFiles(manifest), Map.of()))
                .singleElement()
                .isInstanceOfSatisfying(Entry.Rejected.class, entry -> assertThat(
                                entry.rejection().toString())
                        .contains("votes_happy is \"1,234\"; allowed: a number of at least 0"));
    }

    @Test
    void isReadInUtf16(@TempDir Path folder) throws IOException {
        for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
            for (String mark : List.of("\uFEFF", "")) {
                assertThat(clips(folder, (mark + PLAIN.replace("ann", "änn")).getBytes(charset)))
                        .as(charset + mark)
                        .hasSize(2)
                        .contains(tuple(folder.resolve("a.wav").toString(), "manifest:änn", Emotion.HAPPY));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "path,spekaer,emotion~a.wav,ann,sad | : there is no column \"actor_id\"; the columns are: path,"
                        + " spekaer, emotion; the nearest is \"spekaer\". Allowed names: actor_id, actor, speaker,"
                        + " speaker_id, spk, spk_id; allowed separators: commas, semicolons and tabs",
                "pfad;person;gefühl~a.wav;ann;sad | : there is no column \"path\"; the columns are:"
                        + " pfad;person;gefühl. Allowed names:",
                "'' |  is empty; allowed: a manifest with a header such as path,actor_id,emotion",
                "~~ |  is empty; allowed: a manifest with a header such as path,actor_id,emotion",
                "path,actor_id,emotion~ |  has a header and no rows",
                "a.wav,ann,happy~sub/b.flac,bob,sad | : there is no column \"path\"; the columns are: a.wav, ann,"
                        + " happy",
                "path,actor_id,emotion,Path~ | : the column \"path\" occurs twice; the columns are: path, actor_id,"
                        + " emotion, Path",
                "file,wav,speaker,emotion~ | : both \"file\" and \"wav\" could be the column \"path\"; give one of"
                        + " them that name",
                "path,actor_id,emotion~a.wav,\"ann,sad | , line 2: a quote opens and is never closed",
            })
    void otherFilesAreAnErrorInOneLine(String text, String message, @TempDir Path folder) throws IOException {
        byte[] bytes = text.replace('~', '\n').getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> clips(folder, bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\n")
                .hasMessageStartingWith(folder.resolve("list.csv")
                        + (message.startsWith("is ") || message.startsWith("has ") ? " " : "")
                        + message);
    }

    @Test
    void anotherEncodingIsAnErrorThatNamesTheLine(@TempDir Path folder) {
        byte[] latin = "path,actor_id,emotion\na.wav,ann,sad\né.wav,ann,sad\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> clips(folder, latin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "list.csv, line 3: byte 0xe9 is not UTF-8; save the file as UTF-8 (or as UTF-16 with a"
                                + " byte order mark)");
    }

    @Test
    void aMissingManifestAndAFolderAreErrors(@TempDir Path folder) {
        assertThatThrownBy(() -> new Manifest().read(new LocalFiles(folder.resolve("gone.csv")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("there is no manifest file at ", "gone.csv");
        assertThatThrownBy(() -> new Manifest().read(new LocalFiles(folder), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no manifest file at ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.wav,ann,sad | happy by ann and as sad by ann",
                "a.wav,bob,happy | happy by ann and as happy by bob",
                "./a.wav,bob,happy | happy by ann and as happy by bob",
                "sub/../a.wav,ann,sad | happy by ann and as sad by ann",
                "link.wav,ann,sad | happy by ann and as sad by ann",
                "linked\\b.flac,bob,calm | sad by bob and as calm by bob",
            })
    void oneFileWithTwoLabelsOrSpeakersIsAnErrorThatNamesBothLines(String row, String said, @TempDir Path folder)
            throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("link.wav"), Path.of("a.wav"));
        Files.createSymbolicLink(folder.resolve("linked"), Path.of("sub"));
        assertThatThrownBy(() -> clips(folder, (PLAIN + row + "\n").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*list\\.csv, lines [23] and 4: .* is listed as " + said);
    }

    @Test
    void oneFileWithDifferentVotesIsAnError(@TempDir Path folder) {
        String votes = "path,actor_id,emotion,votes_sad\na.wav,ann,sad,1\na.wav,ann,sad,2\n";
        assertThatThrownBy(() -> clips(folder, votes.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lines 2 and 3");
    }

    @Test
    void equalRowsAreOneClipAndACountedCopy(@TempDir Path folder) throws IOException {
        files(folder);
        Path list = Files.writeString(folder.resolve("list.csv"), PLAIN + "./a.wav,ann,Joy\n");

        List<Entry> entries = new Manifest().read(new LocalFiles(list), Map.of());

        assertThat(CorpusContract.clips(entries)).hasSize(2);
        assertThat(CorpusContract.rejections(entries)).singleElement().satisfies(copy -> assertThat(
                        copy.rejection().text())
                .isEqualTo("copy: " + list + ", line 4: the path is listed on line 2 already"));
    }

    private static List<Tuple> clips(Path folder, byte[] manifest) throws IOException {
        files(folder);
        Path list = Files.write(folder.resolve("list.csv"), manifest);
        return CorpusContract.clips(new Manifest().read(new LocalFiles(list), Map.of())).stream()
                .map(clip -> tuple(clip.path(), clip.speakerId(), clip.emotion()))
                .toList();
    }

    private static void files(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        for (String name : List.of("a.wav", "sub/b.flac")) {
            if (!Files.exists(folder.resolve(name))) {
                Files.createFile(folder.resolve(name));
            }
        }
    }
}
