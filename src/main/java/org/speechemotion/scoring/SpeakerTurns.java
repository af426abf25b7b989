package org.speechemotion.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The turns of the speakers of recordings, read from a file in the format RTTM (NIST, <em>The 2009 Rich Transcription Meeting Recognition
 * Evaluation Plan</em>, appendix A), or found in each recording by clustering. In a file, a recording is named without its folders,
 * with or without its extension.
 */
public final class SpeakerTurns implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No turns of any recording. */
    public static final SpeakerTurns NONE = new SpeakerTurns(Map.of(), 0);

    private static final int FIELDS = 8;
    private static final int FILE = 1;
    private static final int CHANNEL = 2;
    private static final int START = 3;
    private static final int DURATION = 4;
    private static final int SPEAKER = 7;

    private final Map<String, List<SpeakerTurn>> byRecording;
    private final int clusters;

    private SpeakerTurns(Map<String, List<SpeakerTurn>> byRecording, int clusters) {
        this.byRecording = byRecording;
        this.clusters = clusters;
    }

    /**
     * Turns that are found in each channel by clustering.
     *
     * @param speakers the number of speakers of a channel, from 1
     */
    public static SpeakerTurns clustered(int speakers) {
        return new SpeakerTurns(Map.of(), speakers);
    }

    /**
     * Reads the content of an RTTM file. Lines of other types than SPEAKER, and comments, are left out.
     *
     * @param name the name of the file, for errors
     * @throws IllegalArgumentException if a line is malformed
     */
    public static SpeakerTurns parse(String text, String name) {
        Map<String, List<SpeakerTurn>> found = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String[] fields = line.strip().split("\\s+", -1);
            if (!fields[0].equals("SPEAKER")) {
                continue;
            }
            String where = name + ", line " + number + ": ";
            if (fields.length < FIELDS) {
                throw new IllegalArgumentException(
                        where + "there are " + fields.length + " fields; allowed: at least " + FIELDS);
            }
            double start = number(fields[START], where + "the start", 0);
            double duration = number(fields[DURATION], where + "the duration", Double.MIN_VALUE);
            if (!fields[CHANNEL].matches("[1-8]")) {
                throw new IllegalArgumentException(where + "the channel is " + fields[CHANNEL] + "; allowed: 1 to 8");
            }
            if (fields[SPEAKER].equals("<NA>")) {
                throw new IllegalArgumentException(where + "the speaker is <NA>; allowed: a name");
            }
            found.computeIfAbsent(fields[FILE], first -> new ArrayList<>())
                    .add(new SpeakerTurn(fields[SPEAKER], Integer.parseInt(fields[CHANNEL]), start, start + duration));
        }
        found.values().forEach(turns -> turns.sort(Comparator.comparingDouble(SpeakerTurn::startSeconds)));
        return new SpeakerTurns(found, 0);
    }

    private static double number(String text, String what, double min) {
        try {
            double value = Double.parseDouble(text);
            if (value >= min && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The error below names the text.
        }
        throw new IllegalArgumentException(
                what + " is " + text + "; allowed: a number of seconds " + (min > 0 ? "above 0" : "of 0 or more"));
    }

    /** Returns the number of speakers that are found in each channel by clustering; 0 if turns are those of a file. */
    public int clusters() {
        return clusters;
    }

    /** Returns the turns that a file tells of a recording, in the order of their beginnings; empty if there are none. */
    public List<SpeakerTurn> of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        List<SpeakerTurn> turns = byRecording.get(name);
        int extension = name.lastIndexOf('.');
        if (turns == null && extension > 0) {
            turns = byRecording.get(name.substring(0, extension));
        }
        return turns == null ? List.of() : turns;
    }

    /** Returns whether no recording has turns. */
    public boolean isEmpty() {
        return byRecording.isEmpty() && clusters == 0;
    }
}
