package org.speechemotion.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.speechemotion.archive.MemoryArchive.content;
import static org.speechemotion.archive.MemoryArchive.joined;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests tar files of the writer of Apache Commons Compress, and of attackers. */
class TarArchiveTest {
    private static final String LONG = "a-long-folder/".repeat(20) + "clip.wav";

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void readsFilesOfOtherPrograms(int longNames) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a.wav", content("0123456789"));
        files.put("empty.wav", new byte[0]);
        files.put(LONG, new byte[513]);
        files.put("after/é 声.wav", new byte[512]);
        files.put(".hidden.wav", content("hidden"));
        files.put("folder/", new byte[0]);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(longNames);
            tar.setAddPaxHeadersForNonAsciiNames(longNames == TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        MemoryArchive archive = new MemoryArchive(bytes.toByteArray());

        List<ArchiveEntry> entries = archive.list("a.tar");

        assertThat(entries).extracting(ArchiveEntry::name).containsExactly("a.wav", "empty.wav", LONG, "after/é 声.wav");
        for (ArchiveEntry entry : entries) {
            assertThat(archive.read((ArchiveEntry.File) entry, 1 << 20)).isEqualTo(files.get(entry.name()));
        }
    }

    @Test
    void linksAndDevicesAreRejectedOneByOne() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (byte type : new byte[] {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            }) {
                TarArchiveEntry entry = new TarArchiveEntry("../" + (char) type, type);
                entry.setLinkName("/etc/passwd");
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        }

        assertThat(new MemoryArchive(bytes.toByteArray()).list("a.tar"))
                .hasSize(5)
                .allSatisfy(entry -> assertThat(
                                ((ArchiveEntry.Rejected) entry).rejection().message())
                        .containsAnyOf("a link", "which is not a plain file"));
    }

    @Test
    void equalNamesAreReported() throws IOException {
        byte[] one = entry("a.wav", '0', content("1"));
        byte[] tar = joined(one, entry("a.wav#2", '0', content("2")), one, one, end());

        assertThat(new MemoryArchive(tar).list("a.tar"))
                .extracting(ArchiveEntry::name)
                .containsExactly("a.wav", "a.wav#2", "a.wav#3", "a.wav#4");
    }

    @Test
    void sizesBeyondTheFileAreRefused() {
        for (String size :
                List.of("00000001001", "77777777777", "\200\0\0\0\177\377\377\377\377\377\377\377", "9999")) {
            byte[] entry = header("a.wav", '0', size);
            assertThatThrownBy(() -> new MemoryArchive(joined(entry, end())).list("a.tar"))
                    .isInstanceOf(IOException.class);
        }
        byte[] negative = header("a.wav", '0', "\377\377\377\377\377\377\377\377\377\377\377\377");
        assertThatThrownBy(() -> new MemoryArchive(joined(negative, end())).list("a.tar"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends inside the entry at byte 0");
    }

    @Test
    void damagedExtendedHeadersAreRefused() {
        for (String record : List.of(
                "x", "0 path=a\n", "99 path=a\n", "10 path=ab", "10 pathxab\n", "99999999999 a=b\n", "9 size=x\n")) {
            byte[] tar = joined(entry("pax", 'x', content(record)), entry("a.wav", '0', content("1")), end());
            assertThatThrownBy(() -> new MemoryArchive(tar).list("a.tar"))
                    .as(record)
                    .isInstanceOf(IOException.class);
        }
        byte[] large = joined(entry("pax", 'x', new byte[1 << 17]), end());
        assertThatThrownBy(() -> new MemoryArchive(large).list("a.tar"))
                .hasMessageContaining("an extended header of 131072 bytes; allowed: at most 65536");
    }

    @Test
    void sparseFilesAreRefused() throws IOException {
        byte[] tar =
                joined(entry("pax", 'x', content("22 GNU.sparse.major=1\n")), entry("a.wav", '0', content("1")), end());
        assertThat(((ArchiveEntry.Rejected) new MemoryArchive(tar).list("a.tar").get(0))
                        .rejection()
                        .message())
                .contains("sparse");
    }

    @Test
    void sparseFilesAreRefusedByTheirOwnNames() throws IOException {
        byte[] pax = joined(
                entry("pax", 'x', content("22 GNU.sparse.major=1\n32 GNU.sparse.name=folder/a.wav\n")),
                entry("GNUSparseFile.0/a.wav", '0', content("1")));
        // An old header of GNU's, with one further block of holes that its size does not count.
        byte[] old = header("b.wav", 'S', "00000000001");
        old[482] = 1;
        seal(old, 0);
        byte[] data = Arrays.copyOf(content("1"), 512);
        MemoryArchive archive =
                new MemoryArchive(joined(pax, old, new byte[512], data, entry("c.wav", '0', content("2")), end()));

        List<ArchiveEntry> entries = archive.list("a.tar");

        assertThat(entries).extracting(ArchiveEntry::name).containsExactly("folder/a.wav", "b.wav", "c.wav");
        assertThat(entries.subList(0, 2)).allSatisfy(entry -> assertThat(
                        ((ArchiveEntry.Rejected) entry).rejection().message())
                .isEqualTo("a sparse file; allowed: plain ones"));
        assertThat(archive.read((ArchiveEntry.File) entries.get(2), 10)).isEqualTo(content("2"));
    }

    @Test
    void membersAfterAnEarlyEndAreRead() throws IOException {
        byte[] one = joined(entry("a.wav", '0', content("1")), end(), new byte[10 * 512]);
        byte[] lone = joined(entry("b.wav", '0', content("2")), new byte[512]);
        MemoryArchive archive = new MemoryArchive(joined(one, lone, entry("a.wav", '0', content("3")), end()));

        List<ArchiveEntry> entries = archive.list("a.tar");

        assertThat(entries).extracting(ArchiveEntry::name).containsExactly("a.wav", "b.wav", "a.wav#2");
        assertThat(archive.read((ArchiveEntry.File) entries.get(2), 10)).isEqualTo(content("3"));
    }

    @Test
    void otherDataAfterTheEndIsRejected() {
        byte[] whole = joined(entry("a.wav", '0', content("1")), end());
        byte[] junk = new byte[512];
        junk[511] = 1;
        assertThatThrownBy(() -> new MemoryArchive(joined(whole, junk, end())).list("a.tar"))
                .hasMessageContaining("damaged at byte 2048");
        assertThatThrownBy(() -> new MemoryArchive(joined(whole, content("cut"))).list("a.tar"))
                .hasMessageContaining("it is truncated");
        byte[] member = Arrays.copyOf(entry("b.wav", '0', content("2")), 600);
        assertThatThrownBy(() -> new MemoryArchive(joined(whole, member)).list("a.tar"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new MemoryArchive(joined(whole, new byte[65 << 20])).list("a.tar"))
                .hasMessageContaining("more than 67108864 zeros");
        byte[] pending = joined(entry("pax", 'x', content("14 path=x.wav\n")), end());
        assertThatThrownBy(() -> new MemoryArchive(pending).list("a.tar"))
                .hasMessageContaining("an extended header without a file before byte 1024");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsEntriesBeyondEightGibibytes(boolean pax, @TempDir Path folder) throws IOException {
        long zeros = 9L << 30; // beyond the range of eleven octal digits
        Path file = folder.resolve("large.tar");
        byte[] head = pax
                ? joined(entry("pax", 'x', content("19 size=9663676416\n")), header("zeros", '0', "00000000000"))
                : header("zeros", '0', "\200\0\0\0\0\0\0\2\100\0\0\0");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(head));
            channel.write(ByteBuffer.wrap(joined(entry("a.wav", '0', content("1")), end())), head.length + zeros);
        }
        try (RandomAccess archive = RandomAccess.of(FileChannel.open(file));
                TarFile commons = new TarFile(file)) {
            List<ArchiveEntry> entries = Archives.list("large.tar", archive, ArchiveLimits.defaults());
            assertThat(entries).extracting(ArchiveEntry::name).containsExactly("zeros", "a.wav");
            assertThat(entries).extracting(ArchiveEntry::bytes).containsExactly(zeros, 1L);
            assertThat(commons.getEntries())
                    .extracting(TarArchiveEntry::getSize)
                    .containsExactly(zeros, 1L);
            try (InputStream small = Archives.open(archive, (ArchiveEntry.File) entries.get(1), 100)) {
                assertThat(small.readAllBytes()).isEqualTo(content("1"));
            }
        }
    }

    @Test
    void binaryNumbersBeyondALongAreRefused() {
        byte[] entry = header("a.wav", '0', "\200\0\0\1\0\0\0\0\0\0\0\1");
        assertThatThrownBy(() -> new MemoryArchive(joined(entry, new byte[512], end())).list("a.tar"))
                .hasMessageContaining("a number beyond 64 bits");
    }

    @Test
    void aTruncatedTarFileIsRejected() {
        byte[] tar = joined(entry("a.wav", '0', content("1")), entry("b.wav", '0', content("2")));
        for (int length = 0; length <= tar.length; length++) {
            byte[] cut = Arrays.copyOf(tar, length);
            assertThatThrownBy(() -> new MemoryArchive(cut).list("a.tar")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tooManyEntriesAreRefused() {
        byte[] folder = entry("folder/", '5', new byte[0]);
        assertThatThrownBy(() -> Archives.list(
                        "a.tar", new MemoryArchive(joined(folder, folder, folder, end())), new ArchiveLimits(2, 1, 1)))
                .hasMessage("the archive has more than score.archive.entries, 2, entries");
    }

    @Test
    @Timeout(60)
    void aWrongByteInAHeaderIsRejected() {
        byte[] tar = joined(entry("pax", 'x', content("14 path=x.wav\n")), entry("a.wav", '0', content("1")), end());
        for (int at = 0; at < 3 * 512; at++) {
            for (int value : new int[] {0, '1', '7', 0x80, 0xff}) {
                byte[] bytes = tar.clone();
                bytes[at] = (byte) value;
                seal(bytes, at / 512 * 512);
                ZipArchiveTest.readsOrRefuses(new MemoryArchive(bytes), "a.tar");
            }
        }
    }

    private static byte[] entry(String name, char type, byte[] data) {
        return joined(
                header(name, type, "%011o".formatted(data.length)),
                Arrays.copyOf(data, (data.length + 511) / 512 * 512));
    }

    /** Two blocks of zeros. */
    private static byte[] end() {
        return new byte[1024];
    }

    private static byte[] header(String name, char type, String size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, size);
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        seal(header, 0);
        return header;
    }

    /** Writes the checksum of the header at an offset. */
    private static void seal(byte[] bytes, int from) {
        Arrays.fill(bytes, from + 148, from + 156, (byte) ' ');
        int sum = 0;
        for (int i = from; i < from + 512; i++) {
            sum += bytes[i] & 0xff;
        }
        put(bytes, from + 148, "%06o\0".formatted(sum));
    }

    private static void put(byte[] into, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, into, at, bytes.length);
    }
}
