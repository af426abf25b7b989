package org.speechemotion.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.speechemotion.audio.RejectionReason;

/** Collects the entries of an archive and enforces the limits. */
final class Directory {
    private final ArchiveLimits limits;
    private final List<ArchiveEntry> entries = new ArrayList<>();
    private long bytes;
    private int seen;

    Directory(ArchiveLimits limits) {
        this.limits = limits;
    }

    /** Counts an entry of any kind, including folders and hidden files, so that their number is limited too. */
    void count() throws IOException {
        if (++seen > limits.entries()) {
            throw new IOException("the archive has more than score.archive.entries, " + limits.entries() + ", entries");
        }
    }

    void add(ArchiveEntry entry) throws IOException {
        if (entry.bytes() > (limits.megabytes() << 20) - bytes) {
            throw new IOException(
                    "the archive unpacks to more than score.archive.megabytes, " + limits.megabytes() + " MiB");
        }
        bytes += entry.bytes();
        entries.add(checked(entry));
    }

    private ArchiveEntry checked(ArchiveEntry entry) {
        if (entry instanceof ArchiveEntry.File file && file.bytes() / limits.ratio() > file.packedBytes()) {
            return new ArchiveEntry.Rejected(
                    file.name(),
                    file.bytes(),
                    RejectionReason.TOO_LONG.rejection(file.packedBytes() + " packed bytes would become " + file.bytes()
                            + "; allowed: at most score.archive.ratio, " + limits.ratio() + ", for one"));
        }
        return entry;
    }

    /** Returns the entries in the order of the archive with distinct names. */
    List<ArchiveEntry> entries() {
        Set<String> taken = entries.stream().map(ArchiveEntry::name).collect(Collectors.toCollection(HashSet::new));
        Map<String, Integer> times = new HashMap<>();
        List<ArchiveEntry> unique = new ArrayList<>();
        for (ArchiveEntry entry : entries) {
            int time = times.merge(entry.name(), 1, Integer::sum);
            if (time == 1) {
                unique.add(entry);
            } else {
                while (!taken.add(entry.name() + "#" + time)) {
                    time++;
                }
                times.put(entry.name(), time);
                unique.add(entry.named(entry.name() + "#" + time));
            }
        }
        return unique;
    }

    /** Returns whether listing a folder would skip the name too. */
    static boolean isHidden(String name) {
        return Arrays.stream(name.split("/"))
                .anyMatch(part -> part.startsWith(".") && !part.equals(".") && !part.equals(".."));
    }

    /** Decodes a name as UTF-8 or, if it is invalid, as Latin-1, and replaces control characters. */
    static String name(byte[] bytes) {
        String name;
        try {
            name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException old) {
            name = new String(bytes, StandardCharsets.ISO_8859_1);
        }
        return name.replaceAll("\\p{Cc}", "\ufffd");
    }
}
