package org.speechemotion.split;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.speechemotion.common.NearestName;
import org.speechemotion.corpus.Csv;

/** The assignment of each speaker to exactly one side. It is immutable. */
public final class SpeakerSplit implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> HEADER = List.of("actor_id", "side");

    private final TreeMap<String, Side> sides;

    private SpeakerSplit(Map<String, Side> sides) {
        this.sides = new TreeMap<>(sides);
    }

    /**
     * Creates a split.
     *
     * @param assignment the side of each speaker id
     */
    public static SpeakerSplit of(Map<String, Side> assignment) {
        return new SpeakerSplit(assignment);
    }

    /**
     * Returns the side of a speaker.
     *
     * @throws IllegalArgumentException if the speaker is not part of the split; the message names the nearest one that is
     */
    public Side sideOf(String speakerId) {
        Side side = sides.get(speakerId);
        if (side == null) {
            throw new IllegalArgumentException("speaker \"%s\" is on no side of the split%s"
                    .formatted(
                            speakerId,
                            NearestName.find(speakerId, sides.keySet())
                                    .map("; did you mean %s?"::formatted)
                                    .orElse(" of %d speakers".formatted(sides.size()))));
        }
        return side;
    }

    /** Returns the speakers of a side, sorted. */
    public Set<String> speakers(Side side) {
        Set<String> speakers = new TreeSet<>();
        sides.forEach((speaker, itsSide) -> {
            if (itsSide == side) {
                speakers.add(speaker);
            }
        });
        return Collections.unmodifiableSet(speakers);
    }

    /** Returns all speakers with their sides, sorted by speaker. */
    public SortedMap<String, Side> assignment() {
        return Collections.unmodifiableSortedMap(sides);
    }

    /** Returns the split as CSV with the columns {@code actor_id,side} and one row per speaker, sorted. */
    public String toCsv() {
        StringBuilder csv = new StringBuilder(Csv.format(HEADER));
        sides.forEach((speaker, side) -> csv.append(Csv.format(List.of(speaker, side.id()))));
        return csv.toString();
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
