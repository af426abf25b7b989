package org.speechemotion.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.speechemotion.archive.MemoryArchive.content;
import static org.speechemotion.archive.MemoryArchive.joined;
import static org.speechemotion.archive.MemoryArchive.patched;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the ends of zip files: counts, zip64, prefixes and unlisted entries. */
class ZipEndTest {
    private static final int DIRECTORY = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int ZIP64_END = 0x06064b50;
    private static final int LOCATOR = 0x07064b50;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5, 0xffff})
    void wrongCountsOfEntriesAreRejected(int count) throws IOException {
        byte[] zip = zip("a", "b", "c");
        byte[] lying = patched(patched(zip, END, 8, 2, count), END, 10, 2, count);
        assertThatThrownBy(() -> new MemoryArchive(lying).list("a.zip"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the zip file's end counts " + count + " entries, but its directory ")
                .hasMessageContaining(count < 3 ? "more bytes" : "has 3");
    }

    @Test
    void partsOfSplitArchivesAreRejected() throws IOException {
        assertThatThrownBy(() -> new MemoryArchive(patched(zip("a", "b"), END, 8, 2, 1)).list("a.zip"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("one part of a split archive");
    }

    @ParameterizedTest
    @EnumSource(Zip64Mode.class)
    void readsZip64FilesOfOtherPrograms(Zip64Mode mode) throws IOException {
        MemoryArchive archive = new MemoryArchive(commonsZip(mode, "a", "b"));
        List<ArchiveEntry> entries = archive.list("a.zip");
        assertThat(entries).extracting(ArchiveEntry::name).containsExactly("a", "b");
        for (ArchiveEntry entry : entries) {
            assertThat(archive.read((ArchiveEntry.File) entry, 100)).isEqualTo(content("I am " + entry.name()));
        }
    }

    @Test
    void readsMoreEntriesThanTheOldEndCanCount() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 70_000; i++) {
            files.put("stored-" + i, new byte[0]);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Zips.write(bytes, files);
        List<ArchiveEntry> entries = new MemoryArchive(bytes.toByteArray()).list("a.zip");
        assertThat(entries).hasSize(70_000);
        assertThat(entries.get(69_999).name()).isEqualTo("stored-69999");
    }

    @Test
    void readsEntriesBeyondFourGibibytes() throws IOException {
        long zeros = 5L << 30;
        byte[] text = content("behind 4 GiB");
        Path file = folder.resolve("large.zip");
        Zips.writeSparse(file, zeros, "small.wav", text);
        try (ZipFile jdk = new ZipFile(file.toFile());
                InputStream small = jdk.getInputStream(jdk.getEntry("small.wav"))) {
            assertThat(small.readAllBytes()).isEqualTo(text); // the written file is a valid zip file
        }
        try (RandomAccess archive = RandomAccess.of(FileChannel.open(file))) {
            List<ArchiveEntry> entries = Archives.list("large.zip", archive, ArchiveLimits.defaults());
            assertThat(entries).extracting(ArchiveEntry::name).containsExactly("zeros", "small.wav");
            assertThat(entries).extracting(ArchiveEntry::bytes).containsExactly(zeros, (long) text.length);
            try (InputStream small = Archives.open(archive, (ArchiveEntry.File) entries.get(1), 100)) {
                assertThat(small.readAllBytes()).isEqualTo(text);
            }
        }
    }

    @Test
    void contradictoryZip64RecordsAreRejected() throws IOException {
        byte[] zip = commonsZip(Zip64Mode.Always, "a", "b");
        assertThat(new MemoryArchive(zip).list("a.zip")).hasSize(2);
        byte[] three = patched(patched(zip, ZIP64_END, 24, 8, 3), ZIP64_END, 32, 8, 3);
        assertRefused(three, "contradict each other: 2 and 3");
        byte[] unsigned = patched(patched(zip, ZIP64_END, 24, 8, -1), ZIP64_END, 32, 8, -1);
        assertRefused(unsigned, "contradict each other: 2 and 18446744073709551615");
        assertRefused(patched(zip, ZIP64_END, 4, 8, 45), "zip64 record is not where its locator says");
        assertRefused(patched(zip, ZIP64_END, 0, 4, 0), "zip64 record is not where its locator says");
        assertRefused(patched(patched(zip, ZIP64_END, 48, 8, Long.MAX_VALUE), END, 16, 4, -1), "does not fit before");
        assertRefused(patched(patched(zip, ZIP64_END, 40, 8, Long.MAX_VALUE), END, 12, 4, -1), "does not fit before");
        assertRefused(patched(zip, LOCATOR, 0, 4, 0), "does not fit before|entry a|damaged|does not list");
    }

    @Test
    void missingZip64FieldsAreRejected() throws IOException {
        for (int at : new int[] {20, 24, 42}) {
            assertRefused(
                    patched(zip("a"), DIRECTORY, at, 4, -1),
                    "entry a says that its size or offset is in a zip64 field, which lacks it");
        }
    }

    @Test
    void readsArchivesWithAPrefix() throws IOException {
        byte[] prefix = content("#!/bin/sh\n" + "exec unpack $0\n".repeat(100));
        for (byte[] zip : List.of(zip("a", "b"), commonsZip(Zip64Mode.Always, "a", "b"))) {
            assertHeard(joined(prefix, zip));
        }
        assertHeard(joined(prefix, Zips.shifted(zip("a", "b"), prefix.length)));
    }

    @Test
    void offsetsBeforeTheFileAreRefused() throws IOException {
        assertRefused(Zips.shifted(zip("a", "b"), 1), "does not fit before its end");
    }

    @Test
    void twoArchivesInOneFileAreRefused() throws IOException {
        assertRefused(joined(zip("a", "b"), zip("c")), "an entry at byte 0 that its directory does not list");
        byte[] first = zip("a", "b");
        assertRefused(
                joined(first, Zips.shifted(zip("c"), first.length)),
                "an entry at byte 0 that its directory does not list");
    }

    @Test
    void entriesMissingFromTheDirectoryAreRejected() throws IOException {
        byte[] zip = zip("a", "b", "c");
        for (int index = 0; index < 3; index++) {
            assertRefused(without(zip, index), "that its directory does not list");
        }
    }

    @Test
    void gapsBetweenEntriesAreAllowed() throws IOException {
        byte[] zip = zip("a", "stored-b");
        int second = indexOf(zip, 0x04034b50, 1);
        byte[] head = Arrays.copyOf(zip, second);
        byte[] padded = joined(head, new byte[4096], Arrays.copyOfRange(zip, second, zip.length));
        int directory = indexOf(zip, DIRECTORY, 0) + 4096;
        padded = patched(patched(padded, DIRECTORY, 42, 4, second + 4096), END, 16, 4, directory);
        assertThat(new MemoryArchive(padded).list("a.zip")).hasSize(2);
    }

    private void assertHeard(byte[] zip) throws IOException {
        MemoryArchive archive = new MemoryArchive(zip);
        for (ArchiveEntry entry : archive.list("a.zip")) {
            assertThat(archive.read((ArchiveEntry.File) entry, 100)).isEqualTo(content("I am " + entry.name()));
        }
        assertThat(archive.list("a.zip")).extracting(ArchiveEntry::name).containsExactly("a", "b");
    }

    private static void assertRefused(byte[] zip, String reason) {
        assertThatThrownBy(() -> new MemoryArchive(zip).list("a.zip"))
                .isInstanceOf(IOException.class)
                .message()
                .containsPattern(reason);
    }

    /** The same without one header of the directory. */
    private static byte[] without(byte[] zip, int index) {
        int from = indexOf(zip, DIRECTORY, index);
        int to = index == 2 ? indexOf(zip, END, 0) : indexOf(zip, DIRECTORY, index + 1);
        byte[] less = joined(Arrays.copyOf(zip, from), Arrays.copyOfRange(zip, to, zip.length));
        int size = indexOf(less, END, 0) - indexOf(less, DIRECTORY, 0);
        return patched(patched(patched(less, END, 8, 2, 2), END, 10, 2, 2), END, 12, 4, size);
    }

    private static int indexOf(byte[] bytes, int signature, int time) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int left = time;
        for (int at = 0; ; at++) {
            if (buffer.getInt(at) == signature && left-- == 0) {
                return at;
            }
        }
    }

    private static byte[] zip(String... names) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(name, content("I am " + name));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Zips.write(bytes, files);
        return bytes.toByteArray();
    }

    private byte[] commonsZip(Zip64Mode mode, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.setUseZip64(mode);
            for (String name : names) {
                ZipArchiveEntry entry = new ZipArchiveEntry(name);
                entry.setSize(content("I am " + name).length);
                zip.putArchiveEntry(entry);
                zip.write(content("I am " + name));
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
