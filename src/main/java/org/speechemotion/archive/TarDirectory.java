package org.speechemotion.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.speechemotion.audio.RejectionReason;

/**
 * The headers of a tar file: ustar and pax (POSIX.1-2017, "pax"), and GNU's long names and large sizes. Uncompressed alone:
 * what is inside a compressed one cannot be read by itself.
 */
final class TarDirectory {
    private static final int BLOCK = 512;
    private static final int MOST_EXTENSION_BYTES = 1 << 16;

    private final RandomAccess archive;
    private final Directory directory;
    private long position;
    /** What an extended header says of the file that follows it. */
    private Optional<String> name = Optional.empty();

    private Optional<Long> size = Optional.empty();
    private boolean sparse;

    private TarDirectory(RandomAccess archive, ArchiveLimits limits) {
        this.archive = archive;
        directory = new Directory(limits);
    }

    static List<ArchiveEntry> list(RandomAccess archive, ArchiveLimits limits) throws IOException {
        return new TarDirectory(archive, limits).list();
    }

    private List<ArchiveEntry> list() throws IOException {
        for (byte[] header = next(); !isZero(header); header = next()) {
            directory.count();
            requireChecksum(header);
            char type = (char) (header[156] & 0xff);
            // A size in an extended header is the file's, not the header's own.
            boolean extension = "xgLK".indexOf(type) >= 0;
            long bytes = extension ? number(header, 124, 12) : size.orElse(number(header, 124, 12));
            long data = position + BLOCK;
            if (bytes < 0 || bytes > archive.length() - data) {
                throw new IOException("the tar file ends inside the entry at byte " + position);
            }
            if (extension) {
                extend(type, data, bytes);
            } else {
                add(header, type, data, bytes);
                name = Optional.empty();
                size = Optional.empty();
                sparse = false;
            }
            position = data + (bytes + BLOCK - 1) / BLOCK * BLOCK;
        }
        return directory.entries();
    }

    private byte[] next() throws IOException {
        if (position > archive.length() - BLOCK) {
            throw new IOException("the tar file has no end: it is truncated, or no tar file");
        }
        return archive.read(position, BLOCK);
    }

    private void add(byte[] header, char type, long data, long bytes) throws IOException {
        String path = name.orElseGet(() -> path(header));
        boolean hard = type == '1';
        if (type == '5' || path.endsWith("/") || Directory.isHidden(path)) {
            return;
        }
        if (type == '0' || type == '\0' || type == '7') {
            directory.add(
                    sparse
                            ? refused(path, bytes, "a sparse file: allowed are plain ones")
                            : new ArchiveEntry.File(path, bytes, bytes, data, ArchiveEntry.Packing.TAR, 0));
        } else if (hard || type == '2') {
            directory.add(refused(path, bytes, "a link: links in archives are not followed"));
        } else {
            directory.add(refused(path, bytes, "of tar's type '" + type + "', which is no plain file"));
        }
    }

    private static ArchiveEntry refused(String name, long bytes, String message) {
        return new ArchiveEntry.Refused(name, bytes, RejectionReason.UNSUPPORTED, message);
    }

    private void extend(char type, long data, long bytes) throws IOException {
        if (type == 'g' || type == 'K') {
            return;
        }
        if (bytes > MOST_EXTENSION_BYTES) {
            throw new IOException(
                    "the tar file has an extended header of " + bytes + " bytes: allowed are " + MOST_EXTENSION_BYTES);
        }
        byte[] content = archive.read(data, (int) bytes);
        if (type == 'L') {
            name = Optional.of(Directory.name(upToZero(content, 0, content.length)));
        } else {
            extendByPax(content);
        }
    }

    /** Records of the form "length key=value\n". */
    private void extendByPax(byte[] content) throws IOException {
        int at = 0;
        while (at < content.length) {
            int blank = at;
            int length = 0;
            while (blank < content.length
                    && content[blank] >= '0'
                    && content[blank] <= '9'
                    && length < content.length) {
                length = 10 * length + content[blank++] - '0';
            }
            int end = at + length;
            int equals = blank + 1;
            while (equals < Math.min(end, content.length) && content[equals] != '=') {
                equals++;
            }
            if (length == 0 || end > content.length || equals >= end || content[end - 1] != '\n') {
                throw new IOException("the tar file has a damaged extended header before byte " + position);
            }
            String key = new String(content, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
            byte[] value = Arrays.copyOfRange(content, equals + 1, end - 1);
            if (key.equals("path")) {
                name = Optional.of(Directory.name(value));
            } else if (key.equals("size")) {
                size = Optional.of(decimal(value));
            } else if (key.startsWith("GNU.sparse.")) {
                sparse = true;
            }
            at = end;
        }
    }

    private static long decimal(byte[] digits) throws IOException {
        try {
            return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            throw new IOException("the tar file has an extended header with a size that is no number", e);
        }
    }

    private static String path(byte[] header) {
        String path = Directory.name(upToZero(header, 0, 100));
        // GNU's older headers, "ustar  ", have something else in the place of the prefix.
        boolean posix = new String(header, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
        String prefix = posix ? Directory.name(upToZero(header, 345, 155)) : "";
        return prefix.isEmpty() ? path : prefix + "/" + path;
    }

    private static byte[] upToZero(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(bytes, from, end);
    }

    /** Octal digits, or where the first bit is set, a binary number. */
    private static long number(byte[] header, int from, int length) throws IOException {
        long number = 0;
        if ((header[from] & 0x80) != 0) {
            for (int i = from + length - Long.BYTES; i < from + length; i++) {
                number = number << 8 | (header[i] & 0xff);
            }
            return number;
        }
        for (byte digit : upToZero(header, from, length)) {
            if (digit >= '0' && digit <= '7') {
                number = 8 * number + digit - '0';
            } else if (digit != ' ') {
                throw new IOException("the tar file has a header with a number that is none");
            }
        }
        return number;
    }

    private void requireChecksum(byte[] header) throws IOException {
        long sum = 8 * ' ';
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? 0 : header[i] & 0xff;
        }
        if (sum != number(header, 148, 8)) {
            throw new IOException("the tar file is damaged at byte " + position + ", or no tar file: a header's"
                    + " checksum does not fit");
        }
    }

    private static boolean isZero(byte[] header) {
        for (byte value : header) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
