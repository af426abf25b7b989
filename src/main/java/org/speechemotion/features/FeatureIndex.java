package org.speechemotion.features;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where in a store's parts the values of a key are. */
public final class FeatureIndex implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Map<FeatureKey, Place> places = new HashMap<>();

    /**
     * A place.
     *
     * @param part path of the file
     * @param position of the first value's first byte in it
     * @param frames at least 1
     * @param checksum CRC-32C of the values' bytes
     */
    public record Place(String part, long position, int frames, int checksum) implements Serializable {}

    /** A key and its place. */
    public record Entry(FeatureKey key, Place place) implements Serializable {}

    /** Of two places of one key, which two builds at the same time can leave, the part that is first by name is it. */
    public FeatureIndex(Collection<Entry> entries) {
        entries.stream()
                .sorted(Comparator.comparing(entry -> entry.place().part()))
                .forEach(entry -> places.putIfAbsent(entry.key(), entry.place()));
    }

    public Optional<Place> find(FeatureKey key) {
        return Optional.ofNullable(places.get(key));
    }

    public Set<FeatureKey> keys() {
        return Set.copyOf(places.keySet());
    }
}
