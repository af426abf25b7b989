package org.speechemotion.corpus;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The names that corpora give to the eight emotions: English nouns and adjectives, German ones (EmoDB), and the codes of
 * three letters that IEMOCAP and CREMA-D have. A name that could mean another emotion, or something between two, is
 * not among them: single letters (EmoDB's {@code A} is fear, MSP-Podcast's {@code A} is anger), numbers, anxiety,
 * boredom, excitement, frustration.
 */
final class EmotionNames {
    private static final Pattern JOINTS = Pattern.compile("[_\\-\\s]+");

    private static final Map<String, Emotion> BY_NAME = byName();

    private EmotionNames() {}

    /** The emotion that the name stands for, in any case, with underscores, hyphens or spaces between words. */
    static Optional<Emotion> find(String name) {
        return Optional.ofNullable(BY_NAME.get(key(name)));
    }

    /** Every name, as {@link #key} writes it, sorted. */
    static Set<String> all() {
        return BY_NAME.keySet();
    }

    /** The form in which names are compared. */
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
