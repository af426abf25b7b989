package org.speechemotion.features;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Locates the values of each key in the parts of a store. */
public final class FeatureIndex implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Map<FeatureKey, RowLocation> locations = new HashMap<>();

    /**
     * The location of one row.
     *
     * @param part the path of the file
     * @param position the offset of the values in the file, in bytes
     * @param frames the number of frames, at least 1
     * @param checksum the CRC-32C of the bytes of the values
     */
    public record RowLocation(String part, long position, int frames, int checksum) implements Serializable {}

    /** A key and its location. */
    public record Entry(FeatureKey key, RowLocation location) implements Serializable {}

    /** If two concurrent builds have stored a key twice, the part whose name sorts first is used. */
    public FeatureIndex(Collection<Entry> entries) {
        entries.stream()
                .sorted(Comparator.comparing(entry -> entry.location().part()))
                .forEach(entry -> locations.putIfAbsent(entry.key(), entry.location()));
    }

    public Optional<RowLocation> find(FeatureKey key) {
        return Optional.ofNullable(locations.get(key));
    }

    public Set<FeatureKey> keys() {
        return Set.copyOf(locations.keySet());
    }
}
