package org.speechemotion.archive;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.speechemotion.audio.RejectionReason;

/**
 * The headers of a tar file: ustar and pax (POSIX.1-2017, "pax"), and GNU's long names and large sizes. The file itself must
 * not be compressed, because members of a compressed archive cannot be read separately.
 *
 * <p>Members after the two blocks of zeros that end an archive are listed too, as {@code tar --ignore-zeros} does: two
 * archives that were joined are read completely. Any other data after the end is an error.
 */
final class TarDirectory {
    private static final int BLOCK = 512;
    private static final int MAX_EXTENSION_BYTES = 1 << 16;
    /** Writers fill up their last record, of 10 KiB mostly. */
    private static final long MAX_ZERO_BYTES = 64 << 20;

    private static final int ZEROS_AT_ONCE = 1 << 16;
    /** The offset of the flag in GNU's sparse header, and in its continuations, for one more block. */
    private static final int SPARSE_CONTINUES = 482;

    private static final int SPARSE_BLOCK_CONTINUES = 504;

    private final RandomAccess archive;
    private final Directory directory;
    private long position;
    private long zeroBytes;
    /** The fields of an extended header, which describe the file that follows it. */
    private Optional<String> name = Optional.empty();

    private Optional<Long> size = Optional.empty();
    private boolean sparse;
    /** The name of the sparse file; {@link #name} is then a substitute for readers without this kind. */
    private Optional<String> sparseName = Optional.empty();

    private TarDirectory(RandomAccess archive, ArchiveLimits limits) {
        this.archive = archive;
        directory = new Directory(limits);
    }

    static List<ArchiveEntry> list(RandomAccess archive, ArchiveLimits limits) throws IOException {
        return new TarDirectory(archive, limits).list();
    }

    private List<ArchiveEntry> list() throws IOException {
        while (true) {
            if (position > archive.length() - BLOCK) {
                throw new IOException("the tar file has no end: it is truncated, or no tar file");
            }
            byte[] header = archive.read(position, BLOCK);
            if (!isZero(header)) {
                requireChecksum(header);
                directory.count();
                member(header);
            } else if (!skipZeros()) {
                return directory.entries();
            }
        }
    }

    private void member(byte[] header) throws IOException {
        char type = (char) (header[156] & 0xff);
        // A size in an extended header is the file's, not the header's own.
        boolean extension = "xgLK".indexOf(type) >= 0;
        long bytes = extension ? number(header, 124, 12) : size.orElse(number(header, 124, 12));
        long data = position + BLOCK;
        if (type == 'S' && header[SPARSE_CONTINUES] != 0) {
            data = behindSparseBlocks(data);
        }
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
            sparseName = Optional.empty();
        }
        position = data + (bytes + BLOCK - 1) / BLOCK * BLOCK;
    }

    private long behindSparseBlocks(long from) throws IOException {
        long at = from;
        byte[] block;
        do {
            directory.count();
            block = archive.read(at, BLOCK);
            at += BLOCK;
        } while (block[SPARSE_BLOCK_CONTINUES] != 0);
        return at;
    }

    /**
     * Goes on to the block of the next byte that is not zero.
     *
     * @return whether there is one before the end of the file
     */
    private boolean skipZeros() throws IOException {
        if (name.isPresent() || size.isPresent() || sparse) {
            throw new IOException("the tar file has an extended header without a file before byte " + position);
        }
        while (position < archive.length()) {
            byte[] bytes = archive.read(position, (int) Math.min(ZEROS_AT_ONCE, archive.length() - position));
            int zeros = 0;
            while (zeros < bytes.length && bytes[zeros] == 0) {
                zeros++;
            }
            zeroBytes += zeros;
            if (zeroBytes > MAX_ZERO_BYTES) {
                throw new IOException("the tar file has more than " + MAX_ZERO_BYTES + " zeros before byte "
                        + (position + zeros) + ", where a header should be");
            }
            if (zeros < bytes.length) {
                position += zeros - zeros % BLOCK;
                return true;
            }
            position += zeros;
        }
        return false;
    }

    private void add(byte[] header, char type, long data, long bytes) throws IOException {
        String path = sparseName.or(() -> name).orElseGet(() -> path(header));
        boolean hard = type == '1';
        if (type == '5' || path.endsWith("/") || Directory.isHidden(path)) {
            return;
        }
        if (type == '0' || type == '\0' || type == '7') {
            directory.add(
                    sparse
                            ? sparse(path, bytes)
                            : new ArchiveEntry.File(path, bytes, bytes, data, ArchiveEntry.Packing.TAR, 0));
        } else if (type == 'S') {
            directory.add(sparse(path, bytes));
        } else if (hard || type == '2') {
            directory.add(refused(path, bytes, "a link: links in archives are not followed"));
        } else {
            directory.add(refused(path, bytes, "of tar's type '" + type + "', which is not a plain file"));
        }
    }

    private static ArchiveEntry sparse(String name, long bytes) {
        return refused(name, bytes, "a sparse file; allowed: plain ones");
    }

    private static ArchiveEntry refused(String name, long bytes, String message) {
        return new ArchiveEntry.Rejected(name, bytes, RejectionReason.UNSUPPORTED.rejection(message));
    }

    private void extend(char type, long data, long bytes) throws IOException {
        if (type == 'g' || type == 'K') {
            return;
        }
        if (bytes > MAX_EXTENSION_BYTES) {
            throw new IOException("the tar file has an extended header of " + bytes + " bytes; allowed: at most "
                    + MAX_EXTENSION_BYTES);
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
                sparseName = key.equals("GNU.sparse.name") ? Optional.of(Directory.name(value)) : sparseName;
            }
            at = end;
        }
    }

    private static long decimal(byte[] digits) throws IOException {
        try {
            return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            throw new IOException("the tar file has an extended header with a size that is not a number", e);
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

    /** Parses octal digits, or, where the first bit is set, a binary number (GNU's "base-256"). */
    private static long number(byte[] header, int from, int length) throws IOException {
        if ((header[from] & 0x80) != 0) {
            byte[] digits = Arrays.copyOfRange(header, from, from + length);
            // The first bit is a mark; the second is the sign.
            digits[0] = (byte) ((byte) (digits[0] << 1) >> 1);
            try {
                return new BigInteger(digits).longValueExact();
            } catch (ArithmeticException e) {
                throw new IOException("the tar file has a header with a number beyond 64 bits", e);
            }
        }
        long number = 0;
        for (byte digit : upToZero(header, from, length)) {
            if (digit >= '0' && digit <= '7') {
                number = 8 * number + digit - '0';
            } else if (digit != ' ') {
                throw new IOException("the tar file has a header with an invalid number");
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
