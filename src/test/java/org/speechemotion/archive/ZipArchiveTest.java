package org.speechemotion.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.speechemotion.archive.MemoryArchive.content;
import static org.speechemotion.archive.MemoryArchive.patched;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.audio.RejectionReason;

/** Tests zip files of the JDK's own writer, and of attackers. */
class ZipArchiveTest {
    private static final int DIRECTORY = 0x02014b50;
    private static final int END = 0x06054b50;

    @Test
    void readsFilesOfTheJdk() throws IOException {
        byte[] noise = new byte[100_000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) ((i * i) >> 3);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a.wav", content("deflated, deflated, deflated"));
        files.put("folder/", new byte[0]);
        files.put("folder/é 声.wav", noise);
        files.put("folder/stored.wav", content("stored"));
        files.put("empty", new byte[0]);
        files.put(".hidden.wav", content("hidden"));
        files.put("__MACOSX/folder/._a.wav", content("hidden"));
        MemoryArchive archive = new MemoryArchive(zip(files));

        List<ArchiveEntry> entries = archive.list("a.ZIP");

        assertThat(entries)
                .extracting(ArchiveEntry::name)
                .containsExactlyInAnyOrder("a.wav", "folder/é 声.wav", "folder/stored.wav", "empty");
        for (ArchiveEntry entry : entries) {
            byte[] expected = files.get(entry.name());
            assertThat(entry.bytes()).isEqualTo(expected.length);
            assertThat(archive.read((ArchiveEntry.File) entry, 1 << 20)).isEqualTo(expected);
        }
    }

    @Test
    void namesAreNeverUsedAsPaths() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : List.of("../../etc/passwd", "/etc/passwd", "C:\\a.wav", "a\nb\u0000.wav", "x!/y.wav")) {
            files.put(name, content("x"));
        }

        assertThat(new MemoryArchive(zip(files)).list("a.zip"))
                .extracting(ArchiveEntry::name)
                .containsExactlyInAnyOrder(
                        "../../etc/passwd", "/etc/passwd", "C:\\a.wav", "a\ufffdb\ufffd.wav", "x!/y.wav");
    }

    @Test
    void equalNamesAreReported() throws IOException {
        byte[] zip = zip(Map.of("a", content("1"), "b", content("2")));
        byte[] doubled =
                new String(zip, StandardCharsets.ISO_8859_1).replace("b", "a").getBytes(StandardCharsets.ISO_8859_1);
        MemoryArchive archive = new MemoryArchive(doubled);

        List<ArchiveEntry> entries = archive.list("a.zip");
        assertThat(entries).extracting(ArchiveEntry::name).containsExactly("a", "a#2");
        assertThat(archive.read((ArchiveEntry.File) entries.get(0), 1)).isEqualTo(content("1"));
        assertThat(archive.read((ArchiveEntry.File) entries.get(1), 1)).isEqualTo(content("2"));
    }

    @Test
    void aZipBombIsRejectedUnread() throws IOException {
        List<ArchiveEntry> entries = new MemoryArchive(zip(Map.of("bomb.wav", new byte[1 << 24]))).list("a.zip");

        assertThat(entries).singleElement().isInstanceOfSatisfying(ArchiveEntry.Rejected.class, refused -> {
            assertThat(refused.rejection().code()).isEqualTo(RejectionReason.TOO_LONG.code());
            assertThat(refused.rejection().message())
                    .contains("would become 16777216; allowed: at most score.archive.ratio, 100");
        });
    }

    @Test
    void anEntryOfAnotherSizeOrChecksumIsDamaged() throws IOException {
        byte[] zip = zip(Map.of("a.wav", content("0123456789".repeat(50))));
        for (byte[] lying : List.of(
                patched(zip, DIRECTORY, 24, 4, 400), // it says less than there is
                patched(zip, DIRECTORY, 24, 4, 600),
                patched(zip, DIRECTORY, 16, 4, 1),
                patched(zip, DIRECTORY, 20, 4, 5),
                patched(zip, ZipExtents.LOCAL_HEADER, 0, 1, 0),
                patched(zip, ZipExtents.LOCAL_HEADER, 40, 1, 0xff))) {
            MemoryArchive archive = new MemoryArchive(lying);
            ArchiveEntry entry = archive.list("a.zip").get(0);
            assertThatThrownBy(() -> archive.read((ArchiveEntry.File) entry, 1 << 20))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTooLargeEntryIsNotRead() throws IOException {
        MemoryArchive archive = new MemoryArchive(zip(Map.of("a.wav", content("0123456789"))));
        ArchiveEntry entry = archive.list("a.zip").get(0);

        assertThatThrownBy(() -> archive.read((ArchiveEntry.File) entry, 9))
                .isInstanceOf(AudioSource.TooLargeException.class)
                .hasMessage("the file has 10 bytes; allowed: at most 9");
    }

    @Test
    void specialEntriesAreRejectedOneByOne() throws IOException {
        byte[] zip = zip(Map.of("a.wav", content("0123456789")));
        assertThat(reason(patched(zip, DIRECTORY, 8, 2, 1))).contains("encrypted");
        assertThat(reason(patched(zip, DIRECTORY, 10, 2, 14))).contains("packed by method 14");
        byte[] unix = patched(zip, DIRECTORY, 5, 1, 3);
        assertThat(reason(patched(unix, DIRECTORY, 38, 4, 0xa1ffL << 16))).contains("symbolic link");
    }

    @Test
    void anArchiveAboveTheLimitsIsRejected() throws IOException {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 11; i++) {
            many.put("clip-" + i, new byte[100_000]);
        }
        MemoryArchive archive = new MemoryArchive(zip(many));

        assertThat(Archives.list("a.zip", archive, new ArchiveLimits(11, 2, 100)))
                .hasSize(11);
        assertThatThrownBy(() -> Archives.list("a.zip", archive, new ArchiveLimits(10, 2, 100)))
                .hasMessage("the archive has more than score.archive.entries, 10, entries");
        assertThatThrownBy(() -> Archives.list("a.zip", archive, new ArchiveLimits(11, 1, 100)))
                .hasMessage("the archive unpacks to more than score.archive.megabytes, 1 MiB");
    }

    @Test
    void overlappingEntriesAreRejected() throws IOException {
        byte[] zip = zip(Map.of("a", content("0123456789"), "b", content("0123456789")));

        assertThatThrownBy(() -> new MemoryArchive(patched(zip, DIRECTORY, 42, 4, 0)).list("a.zip"))
                .isInstanceOf(IOException.class)
                .hasMessage("the zip file's entry a overlaps the next one");
    }

    @Test
    void anUnlistableArchiveIsRejectedAsAWhole() throws IOException {
        byte[] zip = zip(Map.of("a.wav", content("0123456789")));
        List<byte[]> damaged = new ArrayList<>(List.of(
                new byte[0],
                content("no archive"),
                patched(zip, END, 16, 4, zip.length),
                patched(zip, END, 12, 4, 0x7fff_ffff),
                patched(zip, END, 10, 2, 2),
                patched(zip, END, 10, 2, 0xffff),
                patched(zip, DIRECTORY, 24, 4, 0xffff_ffffL),
                patched(zip, DIRECTORY, 28, 2, 0xffff)));
        for (int length = 1; length < zip.length; length++) {
            damaged.add(Arrays.copyOf(zip, length));
        }
        for (byte[] bytes : damaged) {
            assertThatThrownBy(() -> new MemoryArchive(bytes).list("a.zip")).isInstanceOf(IOException.class);
        }
    }

    @Test
    @Timeout(60)
    void aWrongByteAnywhereIsHandled() throws IOException {
        byte[] zip = zip(Map.of("a.wav", content("0123456789".repeat(9)), "b.wav", content("0123456789")));
        for (int at = 0; at < zip.length; at++) {
            for (int value : new int[] {0, 1, 0x7f, 0xff}) {
                byte[] bytes = zip.clone();
                bytes[at] = (byte) value;
                readsOrRefuses(new MemoryArchive(bytes), "a.zip");
            }
        }
    }

    /** Anything but an exception of input and output would be a fault. */
    static void readsOrRefuses(MemoryArchive archive, String name) {
        try {
            for (ArchiveEntry entry : archive.list(name)) {
                if (entry instanceof ArchiveEntry.File file) {
                    assertThat(archive.read(file, 1 << 20)).hasSize((int) file.bytes());
                }
            }
        } catch (IOException refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
    }

    private static String reason(byte[] zip) throws IOException {
        ArchiveEntry entry = new MemoryArchive(zip).list("a.zip").get(0);
        assertThat(((ArchiveEntry.Rejected) entry).rejection().code()).isEqualTo(RejectionReason.UNSUPPORTED.code());
        return ((ArchiveEntry.Rejected) entry).rejection().message();
    }

    /** Sorted by name. */
    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Zips.write(bytes, new TreeMap<>(files));
        return bytes.toByteArray();
    }
}
