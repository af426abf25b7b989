package org.speechemotion.split;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.speechemotion.common.NearestName;
import org.speechemotion.corpus.Clip;
import org.speechemotion.random.KeyedRandom;

/**
 * Divides speakers corpus by corpus, so that every side has speakers of every corpus.
 *
 * <p>The speakers of a corpus are ordered by a hash of the seed and their ids, so that the result does not depend on the
 * order of the input.
 */
public final class SpeakerSplitter {
    private SpeakerSplitter() {}

    /**
     * Divides the speakers; ids may be repeated.
     *
     * @param actorIds ids of the form {@code <corpus>:<speaker>}
     * @throws IllegalArgumentException if there are no speakers, a corpus has too few for the requested sides, or a listed
     *     speaker is unknown
     */
    public static SpeakerSplit split(Collection<String> actorIds, SplitSettings settings) {
        SortedSet<String> speakers = new TreeSet<>(actorIds);
        if (speakers.isEmpty()) {
            throw new IllegalArgumentException("split: number of speakers is 0; allowed: at least 1");
        }
        if (settings.listed()) {
            return byLists(speakers, settings);
        }
        Map<String, List<String>> corpora = speakers.stream()
                .sorted(keyedOrder(settings.seed()))
                .collect(Collectors.groupingBy(Clip::corpusOf, TreeMap::new, Collectors.toList()));
        Map<String, Side> sides = new TreeMap<>();
        corpora.forEach((corpus, members) -> sides.putAll(byCorpus(corpus, members, settings)));
        return SpeakerSplit.of(sides);
    }

    private static Map<String, Side> byCorpus(String corpus, List<String> members, SplitSettings settings) {
        if (settings.protocol() != Protocol.NONE) {
            return byProtocol(corpus, members, settings);
        }
        return settings.folds() > 0 ? byFold(corpus, members, settings) : byRatio(corpus, members, settings);
    }

    private static Map<String, Side> byProtocol(String corpus, List<String> speakers, SplitSettings settings) {
        Protocol protocol = settings.protocol();
        List<List<String>> folds = new ArrayList<>(protocol.folds(corpus, speakers));
        if (protocol.validation() == Protocol.Validation.ONLY) {
            Map<String, Side> sides = new TreeMap<>();
            speakers.forEach(speaker -> sides.put(speaker, Side.TRAIN));
            folds.get(0).forEach(speaker -> sides.put(speaker, Side.VALIDATION));
            return sides;
        }
        Collections.rotate(folds, -settings.fold());
        List<String> test = folds.get(0);
        List<String> rest = folds.stream().skip(1).flatMap(List::stream).toList();
        if (test.isEmpty() || rest.size() < 2) {
            throw new IllegalArgumentException(
                    "split: corpus %s has %d speaker(s) in fold %d of protocol %s and %d others; allowed: at least 1 and 2"
                            .formatted(corpus, test.size(), settings.fold(), protocol.id(), rest.size()));
        }
        return protocol.validation() == Protocol.Validation.NEXT_FOLD
                ? assign(test, rest, folds.get(1).size())
                : assign(test, rest, settings);
    }

    private static Comparator<String> keyedOrder(long seed) {
        return Comparator.<String>comparingLong(speaker -> new KeyedRandom(seed, "split", speaker).nextLong())
                .thenComparing(Comparator.naturalOrder());
    }

    private static SpeakerSplit byLists(SortedSet<String> speakers, SplitSettings settings) {
        List<String> unknown = new ArrayList<>(settings.validation());
        unknown.addAll(settings.test());
        unknown.removeAll(speakers);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("split: listed speakers without clips: %s"
                    .formatted(unknown.stream()
                            .map(speaker -> "\"%s\" (nearest known: %s)"
                                    .formatted(
                                            speaker,
                                            NearestName.rank(speaker, speakers).get(0)))
                            .collect(Collectors.joining(", "))));
        }
        Map<String, Side> sides = new TreeMap<>();
        speakers.forEach(speaker -> sides.put(speaker, Side.TRAIN));
        settings.validation().forEach(speaker -> sides.put(speaker, Side.VALIDATION));
        settings.test().forEach(speaker -> sides.put(speaker, Side.TEST));
        if (!sides.containsValue(Side.TRAIN)) {
            throw new IllegalArgumentException(
                    "split: all %d speakers are listed under validation or test; allowed: at least one for training"
                            .formatted(speakers.size()));
        }
        return SpeakerSplit.of(sides);
    }

    private static Map<String, Side> byRatio(String corpus, List<String> speakers, SplitSettings settings) {
        int sidesWanted = 1 + (settings.validationRatio() > 0 ? 1 : 0) + (settings.testRatio() > 0 ? 1 : 0);
        if (speakers.size() < sidesWanted) {
            throw new IllegalArgumentException(
                    ("split: corpus %s has %d speaker(s), %s; training and each ratio above 0 (validation-ratio %s,"
                                    + " test-ratio %s) need one each, %d in all; add speakers, or set a ratio to 0")
                            .formatted(
                                    corpus,
                                    speakers.size(),
                                    speakers,
                                    settings.validationRatio(),
                                    settings.testRatio(),
                                    sidesWanted));
        }
        int maxTest = speakers.size() - 1 - (settings.validationRatio() > 0 ? 1 : 0);
        int test = share(settings.testRatio(), speakers.size(), maxTest);
        return assign(speakers.subList(0, test), speakers.subList(test, speakers.size()), settings);
    }

    /**
     * Assigns every folds-th speaker to the test side. The fold after the test fold comes first in the selection for
     * validation.
     */
    private static Map<String, Side> byFold(String corpus, List<String> speakers, SplitSettings settings) {
        List<List<String>> folds = new ArrayList<>();
        for (int fold = 0; fold < settings.folds(); fold++) {
            folds.add(new ArrayList<>());
        }
        for (int i = 0; i < speakers.size(); i++) {
            folds.get(i % settings.folds()).add(speakers.get(i));
        }
        Collections.rotate(folds, -settings.fold());
        List<String> test = folds.get(0);
        List<String> rest = folds.stream().skip(1).flatMap(List::stream).toList();
        int needed = settings.validationRatio() > 0 ? 2 : 1;
        if (speakers.size() < settings.folds() || rest.size() < needed) {
            throw new IllegalArgumentException(
                    "split: corpus %s has %d speaker(s), %s; %d folds with validation-ratio %s need at least %d"
                            .formatted(
                                    corpus,
                                    speakers.size(),
                                    speakers,
                                    settings.folds(),
                                    settings.validationRatio(),
                                    Math.max(settings.folds(), test.size() + needed)));
        }
        return assign(test, rest, settings);
    }

    /** Assigns the first of the remaining speakers to validation and the others to training. */
    private static Map<String, Side> assign(List<String> test, List<String> rest, SplitSettings settings) {
        return assign(test, rest, share(settings.validationRatio(), test.size() + rest.size(), rest.size() - 1));
    }

    private static Map<String, Side> assign(List<String> test, List<String> rest, int validation) {
        Map<String, Side> sides = new TreeMap<>();
        test.forEach(speaker -> sides.put(speaker, Side.TEST));
        rest.subList(0, validation).forEach(speaker -> sides.put(speaker, Side.VALIDATION));
        rest.subList(validation, rest.size()).forEach(speaker -> sides.put(speaker, Side.TRAIN));
        return sides;
    }

    /**
     * Returns the nearest whole number of speakers for a ratio, at least 1 if the ratio is above 0, and at most the maximum
     * that the other sides leave.
     */
    private static int share(double ratio, int speakers, int max) {
        return ratio == 0 ? 0 : Math.min(Math.max(1, (int) Math.round(ratio * speakers)), max);
    }
}
