package org.speechemotion.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zip archive that {@code torch.save} writes: stored entries, all in one folder. Nothing is ever unpacked. */
final class TensorArchive implements AutoCloseable {
    /** Those that PyTorch reads. */
    private static final Pattern VERSIONS = Pattern.compile("[1-9]|10");

    private static final int MOST_TEXT_BYTES = 16;
    /** The tensors' storages, and a few entries beside them. */
    private static final int MAX_ENTRIES = CheckpointLimits.MAX_TENSORS + 64;

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new HashMap<>();

    private TensorArchive(ZipFile zip) {
        this.zip = zip;
    }

    /** Opens an archive; a {@link WeightsException} is without the file's name. */
    static TensorArchive open(Path file) throws IOException {
        requireZip(file);
        TensorArchive archive = new TensorArchive(new ZipFile(file.toFile()));
        try {
            archive.list(Files.size(file));
            archive.requireKnownFormat();
            return archive;
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** The size in bytes of an entry, which is named without the folder that all are in; it must be there. */
    long size(String name) {
        return entry(name).getSize();
    }

    /** The whole of an entry. */
    byte[] bytes(String name, int mostBytes) throws IOException {
        if (size(name) > mostBytes) {
            throw new WeightsException(name + " has " + size(name) + " bytes; allowed are " + mostBytes);
        }
        byte[] bytes = new byte[(int) size(name)];
        try (InputStream stream = zip.getInputStream(entry(name))) {
            read(stream, bytes, bytes.length);
        }
        return bytes;
    }

    /** Values of an entry from the one at the offset on. */
    float[] values(String name, ElementType type, long offset, int count) throws IOException {
        try (InputStream stream = zip.getInputStream(entry(name))) {
            stream.skipNBytes(offset * type.bytes());
            return Values.read((bytes, length) -> read(stream, bytes, length), type, count);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static void read(InputStream stream, byte[] bytes, int count) throws IOException {
        if (stream.readNBytes(bytes, 0, count) < count) {
            throw new EOFException("an entry of the archive ends early");
        }
    }

    private static void requireZip(Path file) throws IOException {
        byte[] magic = new byte[4];
        try (InputStream stream = Files.newInputStream(file)) {
            stream.readNBytes(magic, 0, magic.length);
        }
        if (!Arrays.equals(magic, new byte[] {'P', 'K', 3, 4})) {
            throw new WeightsException("it is no zip archive; if PyTorch before 1.6 wrote it, convert it in Python with"
                    + " torch.save(torch.load(\"pytorch_model.bin\", map_location=\"cpu\", weights_only=True),"
                    + " \"pytorch_model.bin\")");
        }
    }

    private void list(long fileBytes) {
        if (zip.size() > MAX_ENTRIES) {
            throw new WeightsException("it has " + zip.size() + " entries; allowed are " + MAX_ENTRIES);
        }
        String folder = null;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            List<String> parts = Arrays.asList(name.split("/", -1));
            if (parts.size() < 2 || name.contains("\\") || parts.stream().anyMatch(List.of("", ".", "..")::contains)) {
                throw new WeightsException("its entry " + name
                        + " is not named as PyTorch names them: archive/data.pkl," + " archive/data/0, …");
            }
            folder = folder == null ? parts.get(0) : folder;
            if (!folder.equals(parts.get(0))) {
                throw new WeightsException("its entry " + name + " is not in the folder of the others, " + folder);
            }
            if (entry.getMethod() != ZipEntry.STORED
                    || entry.getSize() != entry.getCompressedSize()
                    || entry.getSize() < 0
                    || entry.getSize() > fileBytes) {
                throw new WeightsException("its entry " + name
                        + " is compressed or larger than the file; PyTorch stores" + " entries as they are");
            }
            if (entries.put(name.substring(folder.length() + 1), entry) != null) {
                throw new WeightsException("it has the entry " + name + " twice");
            }
        }
    }

    /** Archives of PyTorch before 2.1 do not say their byte order; they are of little-endian machines. */
    private void requireKnownFormat() throws IOException {
        requireText("version", VERSIONS, "1 to 10");
        requireText("byteorder", Pattern.compile("little"), "little");
    }

    private void requireText(String name, Pattern known, String allowed) throws IOException {
        if (entries.containsKey(name)) {
            String text = new String(bytes(name, MOST_TEXT_BYTES), StandardCharsets.US_ASCII).strip();
            if (!known.matcher(text).matches()) {
                throw new WeightsException("its " + name + " is " + text + "; allowed is " + allowed);
            }
        }
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new WeightsException("it has no entry " + name);
        }
        return entry;
    }
}
