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

    private static final Map<String, Emotion> BY_NAME = byName();

    private EmotionNames() {}

    /** Returns the emotion with a name in any case, with underscores, hyphens or spaces between words. */
    static Optional<Emotion> find(String name) {
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

    private static Map<String, Emotion> byName() {
        Map<String, Emotion> names = new TreeMap<>();
        add(names, Emotion.NEUTRAL, "neutral, neu, neutrality, neutralität, neutralitaet");
        add(names, Emotion.CALM, "calm, cal, calmness, ruhig, ruhe");
        add(
                names,
                Emotion.HAPPY,
                "happy, hap, happiness, happily, joy, joyful, joyous, joyfulness,"
                        + " freude, freudig, fröhlich, froehlich, glücklich, gluecklich");
        add(names, Emotion.SAD, "sad, sadness, sadly, sorrow, sorrowful, trauer, traurig, traurigkeit");
        add(
                names,
                Emotion.ANGRY,
                "angry, ang, anger, angrily, rage, wut, wütend, wuetend, ärger, aerger, ärgerlich, aergerlich");
        add(
                names,
                Emotion.FEARFUL,
                "fearful, fea, fear, fearfulness, afraid, scared, angst, ängstlich, aengstlich, furcht");
        add(names, Emotion.DISGUST, "disgust, dis, disgusted, ekel, angeekelt");
        add(
                names,
                Emotion.SURPRISED,
                "surprised, sur, surprise, ps, pleasant surprise, pleasantly surprised, pleasant surprised,"
                        + " überraschung, ueberraschung, überrascht, ueberrascht");
        return Collections.unmodifiableMap(names);
    }

    private static void add(Map<String, Emotion> names, Emotion emotion, String list) {
        Arrays.stream(list.split(", ")).forEach(name -> names.put(key(name), emotion));
    }
}
