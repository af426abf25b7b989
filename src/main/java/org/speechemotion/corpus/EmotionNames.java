package org.speechemotion.corpus;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The names of the eight emotions in corpora: English and German (EmoDB) nouns and adjectives, and the three-letter codes
 * of IEMOCAP and CREMA-D. Ambiguous names are not included: single letters ({@code A} is fear in EmoDB and anger in
 * MSP-Podcast), numbers, anxiety, boredom, excitement and frustration.
 */
final class EmotionNames {
    private static final Pattern JOINTS = Pattern.compile("[_\\-\\s]+");

    private static final Map<String, String> BY_NAME = byName();

    private EmotionNames() {}

    /** Returns the id of the emotion with a name in any case, with underscores, hyphens or spaces between words. */
    static Optional<String> id(String name) {
        return Optional.ofNullable(BY_NAME.get(key(name)));
    }

    /** Returns all names in the form of {@link #key}, sorted. */
    static Set<String> all() {
        return BY_NAME.keySet();
    }

    /** Returns the form in which names are compared. */
    static String key(String name) {
        return JOINTS.matcher(Folding.fold(name)).replaceAll(" ").strip();
    }

    private static Map<String, String> byName() {
        Map<String, String> names = new TreeMap<>();
        add(names, "neutral", "neutral, neu, neutrality, neutralität, neutralitaet");
        add(names, "calm", "calm, cal, calmness, ruhig, ruhe");
        add(
                names,
                "happy",
                "happy, hap, happiness, happily, joy, joyful, joyous, joyfulness,"
                        + " freude, freudig, fröhlich, froehlich, glücklich, gluecklich");
        add(names, "sad", "sad, sadness, sadly, sorrow, sorrowful, trauer, traurig, traurigkeit");
        add(
                names,
                "angry",
                "angry, ang, anger, angrily, rage, wut, wütend, wuetend, ärger, aerger, ärgerlich, aergerlich");
        add(names, "fearful", "fearful, fea, fear, fearfulness, afraid, scared, angst, ängstlich, aengstlich, furcht");
        add(names, "disgust", "disgust, dis, disgusted, ekel, angeekelt");
        add(
                names,
                "surprised",
                "surprised, sur, surprise, ps, pleasant surprise, pleasantly surprised, pleasant surprised,"
                        + " überraschung, ueberraschung, überrascht, ueberrascht");
        return Collections.unmodifiableMap(names);
    }

    private static void add(Map<String, String> names, String id, String list) {
        Arrays.stream(list.split(", ")).forEach(name -> names.put(key(name), id));
    }
}
