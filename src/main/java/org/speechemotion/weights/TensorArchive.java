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

/** Reads the zip archive of {@code torch.save}, whose entries are uncompressed and in one folder. Nothing is extracted. */
final class TensorArchive implements AutoCloseable {
    /** The versions that PyTorch can read. */
    private static final Pattern VERSIONS = Pattern.compile("[1-9]|10");

    private static final int MAX_TEXT_BYTES = 16;
    /** The storages of the tensors and a few other entries. */
    private static final int MAX_ENTRIES = WeightLimits.MAX_TENSORS + 64;

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new HashMap<>();

    private TensorArchive(ZipFile zip) {
        this.zip = zip;
    }

    /** Opens an archive. The message of a {@link WeightsException} does not name the file. */
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

    /** Returns the size in bytes of an entry, whose name is relative to the common folder. The entry must exist. */
    long size(String name) {
        return entry(name).getSize();
    }

    /** Returns the content of an entry. */
    byte[] bytes(String name, int maxBytes) throws IOException {
        if (size(name) > maxBytes) {
            throw new WeightsException(name + " has " + size(name) + " bytes; allowed: at most " + maxBytes);
        }
        byte[] bytes = new byte[(int) size(name)];
        try (InputStream stream = zip.getInputStream(entry(name))) {
            read(stream, bytes, bytes.length);
        }
        return bytes;
    }

    /** Returns values of an entry, starting at an offset in values. */
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
            throw new WeightsException(
                    "it is not a zip archive; if PyTorch before 1.6 has written it, convert it in Python with"
                            + " torch.save(torch.load(\"pytorch_model.bin\", map_location=\"cpu\", weights_only=True),"
                            + " \"pytorch_model.bin\")");
        }
    }

    private void list(long fileBytes) {
        if (zip.size() > MAX_ENTRIES) {
            throw new WeightsException("it has " + zip.size() + " entries; allowed: at most " + MAX_ENTRIES);
        }
        String folder = null;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            List<String> parts = Arrays.asList(name.split("/", -1));
            if (parts.size() < 2 || name.contains("\\") || parts.stream().anyMatch(List.of("", ".", "..")::contains)) {
                throw new WeightsException("its entry " + name
                        + " does not have a name of PyTorch; allowed: archive/data.pkl, archive/data/0, …");
            }
            folder = folder == null ? parts.get(0) : folder;
            if (!folder.equals(parts.get(0))) {
                throw new WeightsException(
                        "its entry " + name + " is not in the folder " + folder + " of the other entries");
            }
            if (entry.getMethod() != ZipEntry.STORED
                    || entry.getSize() != entry.getCompressedSize()
                    || entry.getSize() < 0
                    || entry.getSize() > fileBytes) {
                throw new WeightsException(
                        "its entry " + name + " is compressed or larger than the file; allowed: uncompressed entries");
            }
            if (entries.put(name.substring(folder.length() + 1), entry) != null) {
                throw new WeightsException("it has the entry " + name + " twice");
            }
        }
    }

    /** Archives of PyTorch before 2.1 do not contain their byte order, which is little-endian. */
    private void requireKnownFormat() throws IOException {
        requireText("version", VERSIONS, "1 to 10");
        requireText("byteorder", Pattern.compile("little"), "little");
    }

    private void requireText(String name, Pattern known, String allowed) throws IOException {
        if (entries.containsKey(name)) {
            String text = new String(bytes(name, MAX_TEXT_BYTES), StandardCharsets.US_ASCII).strip();
            if (!known.matcher(text).matches()) {
                throw new WeightsException("its " + name + " is " + text + "; allowed: " + allowed);
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
