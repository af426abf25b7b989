package org.speechemotion.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zip files as the JDK writes them, and as it would not. */
final class Zips {
    private static final int DIRECTORY = 0x02014b50;
    private static final int END = 0x06054b50;

    private Zips() {}

    /** Writes entries; those with "stored" in their names are stored. */
    static void write(OutputStream to, Map<String, byte[]> files) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(to)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                if (file.getKey().contains("stored")) {
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(file.getValue().length);
                    entry.setCrc(checksum(file.getValue()));
                }
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
    }

    /** The same with every offset larger by so many bytes, as a writer of self-extracting archives leaves it. */
    static byte[] shifted(byte[] zip, int by) {
        byte[] shifted = zip.clone();
        ByteBuffer bytes = ByteBuffer.wrap(shifted).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at <= shifted.length - 22; at++) {
            if (bytes.getInt(at) == DIRECTORY) {
                bytes.putInt(at + 42, bytes.getInt(at + 42) + by);
            } else if (bytes.getInt(at) == END) {
                bytes.putInt(at + 16, bytes.getInt(at + 16) + by);
            }
        }
        return shifted;
    }

    /** A sparse file of a stored entry of zeros, {@code zeros}, of that many bytes, and a second behind it. */
    static void writeSparse(Path file, long zeros, String name, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            ByteBuffer first = local("zeros", zeros, 0);
            long second = first.remaining() + zeros;
            channel.write(first, 0);
            ByteBuffer header = local(name, content.length, checksum(content));
            long data = second + header.remaining();
            channel.write(header, second);
            channel.write(ByteBuffer.wrap(content), data);
            long directory = data + content.length;
            ByteBuffer end = little(1000);
            central(end, "zeros", zeros, 0, 0);
            central(end, name, content.length, checksum(content), second);
            int size = end.position();
            end.putInt(0x06064b50)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putInt(0)
                    .putInt(0);
            end.putLong(2).putLong(2).putLong(size).putLong(directory);
            end.putInt(0x07064b50).putInt(0).putLong(directory + size).putInt(1);
            end.putInt(END)
                    .putInt(0)
                    .putShort((short) -1)
                    .putShort((short) -1)
                    .putInt(-1)
                    .putInt(-1)
                    .putShort((short) 0);
            channel.write(end.flip(), directory);
        }
    }

    private static ByteBuffer local(String name, long bytes, long checksum) {
        ByteBuffer header = little(100);
        header.putInt(0x04034b50)
                .putShort((short) 45)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0);
        header.putInt((int) checksum).putInt(-1).putInt(-1);
        header.putShort((short) name.length()).putShort((short) 20).put(MemoryArchive.content(name));
        return header.putShort((short) 1)
                .putShort((short) 16)
                .putLong(bytes)
                .putLong(bytes)
                .flip();
    }

    private static void central(ByteBuffer to, String name, long bytes, long checksum, long offset) {
        to.putInt(DIRECTORY)
                .putShort((short) 45)
                .putShort((short) 45)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0);
        to.putInt((int) checksum).putInt(-1).putInt(-1);
        to.putShort((short) name.length())
                .putShort((short) 28)
                .putShort((short) 0)
                .putShort((short) 0);
        to.putShort((short) 0).putInt(0).putInt(-1).put(MemoryArchive.content(name));
        to.putShort((short) 1)
                .putShort((short) 24)
                .putLong(bytes)
                .putLong(bytes)
                .putLong(offset);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long checksum(byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return checksum.getValue();
    }
}
