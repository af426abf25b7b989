package org.speechemotion.split;

import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.speechemotion.common.NearestName;
import org.speechemotion.corpus.Csv;

/** Which side every speaker is on. A speaker is on one side because a map has one value for a key. Immutable. */
public final class SpeakerSplit implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> HEADER = List.of("actor_id", "side");

    private final TreeMap<String, Side> sides;

    private SpeakerSplit(Map<String, Side> sides) {
        this.sides = new TreeMap<>(sides);
    }

    /** The split that the map says. */
    public static SpeakerSplit of(Map<String, Side> assignment) {
        return new SpeakerSplit(assignment);
    }

    /**
     * The side that the actor is on.
     *
     * @throws IllegalArgumentException if the actor is not part of the split; the message names the nearest that is
     */
    public Side sideOf(String actorId) {
        Side side = sides.get(actorId);
        if (side == null) {
            throw new IllegalArgumentException("actor \"%s\" is on no side of the split%s"
                    .formatted(
                            actorId,
                            NearestName.find(actorId, sides.keySet())
                                    .map("; did you mean %s?"::formatted)
                                    .orElse(" of %d actors".formatted(sides.size()))));
        }
        return side;
    }

    /** The speakers on a side, sorted. */
    public Set<String> actors(Side side) {
        Set<String> actors = new TreeSet<>();
        sides.forEach((actor, itsSide) -> {
            if (itsSide == side) {
                actors.add(actor);
            }
        });
        return Collections.unmodifiableSet(actors);
    }

    /** Every speaker with its side, sorted by speaker. */
    public SortedMap<String, Side> assignment() {
        return Collections.unmodifiableSortedMap(sides);
    }

    /** Columns {@code actor_id,side}, one row per speaker, sorted. */
    public String toCsv() {
        StringBuilder csv = new StringBuilder(Csv.format(HEADER));
        sides.forEach((actor, side) -> csv.append(Csv.format(List.of(actor, side.id()))));
        return csv.toString();
    }

    /**
     * Reads what {@link #toCsv} writes.
     *
     * @throws IllegalArgumentException if the text is anything else, or has a speaker twice
     */
    public static SpeakerSplit fromCsv(String csv) {
        List<Csv.Row> rows;
        try {
            rows = Csv.parse(new StringReader(csv), "split");
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (rows.isEmpty() || !rows.get(0).fields().equals(HEADER)) {
            throw new IllegalArgumentException("split, line 1: header is \"%s\"; allowed: \"%s\""
                    .formatted(
                            rows.isEmpty() ? "" : String.join(",", rows.get(0).fields()), String.join(",", HEADER)));
        }
        Map<String, Side> sides = new TreeMap<>();
        for (Csv.Row row : rows.subList(1, rows.size())) {
            try {
                add(sides, row.fields());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("split, line %d: %s".formatted(row.line(), e.getMessage()), e);
            }
        }
        return new SpeakerSplit(sides);
    }

    private static void add(Map<String, Side> sides, List<String> fields) {
        if (fields.size() != HEADER.size()) {
            throw new IllegalArgumentException("%d value(s); allowed: %d".formatted(fields.size(), HEADER.size()));
        }
        if (sides.put(fields.get(0), Side.parse(fields.get(1))) != null) {
            throw new IllegalArgumentException("actor \"%s\" is there twice".formatted(fields.get(0)));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpeakerSplit that && sides.equals(that.sides);
    }

    @Override
    public int hashCode() {
        return sides.hashCode();
    }

    @Override
    public String toString() {
        return sides.toString();
    }
}
