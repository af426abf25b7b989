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
 * <p>The actors of a corpus are ordered by a hash of the seed and their ids, so that the result does not depend on the
 * order of the input.
 */
public final class SpeakerSplitter {
    private SpeakerSplitter() {}

    /**
     * Divides the actors; ids may be repeated.
     *
     * @param actorIds ids of the form {@code <corpus>:<actor>}
     * @throws IllegalArgumentException if there are no actors, a corpus has too few for the requested sides, or a listed
     *     actor is unknown
     */
    public static SpeakerSplit split(Collection<String> actorIds, SplitSettings settings) {
        SortedSet<String> actors = new TreeSet<>(actorIds);
        if (actors.isEmpty()) {
            throw new IllegalArgumentException("split: number of actors is 0; allowed: at least 1");
        }
        if (settings.listed()) {
            return byLists(actors, settings);
        }
        Map<String, List<String>> corpora = actors.stream()
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

    private static Map<String, Side> byProtocol(String corpus, List<String> actors, SplitSettings settings) {
        Protocol protocol = settings.protocol();
        List<List<String>> folds = new ArrayList<>(protocol.folds(corpus, actors));
        if (protocol.validation() == Protocol.Validation.ONLY) {
            Map<String, Side> sides = new TreeMap<>();
            actors.forEach(actor -> sides.put(actor, Side.TRAIN));
            folds.get(0).forEach(actor -> sides.put(actor, Side.VALIDATION));
            return sides;
        }
        Collections.rotate(folds, -settings.fold());
        List<String> test = folds.get(0);
        List<String> rest = folds.stream().skip(1).flatMap(List::stream).toList();
        if (test.isEmpty() || rest.size() < 2) {
            throw new IllegalArgumentException(
                    "split: corpus %s has %d actor(s) in fold %d of protocol %s and %d others; allowed: at least 1 and 2"
                            .formatted(corpus, test.size(), settings.fold(), protocol.id(), rest.size()));
        }
        return protocol.validation() == Protocol.Validation.NEXT_FOLD
                ? assign(test, rest, folds.get(1).size())
                : assign(test, rest, settings);
    }

    private static Comparator<String> keyedOrder(long seed) {
        return Comparator.<String>comparingLong(actor -> new KeyedRandom(seed, "split", actor).nextLong())
                .thenComparing(Comparator.naturalOrder());
    }

    private static SpeakerSplit byLists(SortedSet<String> actors, SplitSettings settings) {
        List<String> unknown = new ArrayList<>(settings.validation());
        unknown.addAll(settings.test());
        unknown.removeAll(actors);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("split: listed actors without clips: %s"
                    .formatted(unknown.stream()
                            .map(actor -> "\"%s\" (nearest known: %s)"
                                    .formatted(
                                            actor,
                                            NearestName.rank(actor, actors).get(0)))
                            .collect(Collectors.joining(", "))));
        }
        Map<String, Side> sides = new TreeMap<>();
        actors.forEach(actor -> sides.put(actor, Side.TRAIN));
        settings.validation().forEach(actor -> sides.put(actor, Side.VALIDATION));
        settings.test().forEach(actor -> sides.put(actor, Side.TEST));
        if (!sides.containsValue(Side.TRAIN)) {
            throw new IllegalArgumentException(
                    "split: all %d actors are listed under validation or test; allowed: at least one for training"
                            .formatted(actors.size()));
        }
        return SpeakerSplit.of(sides);
    }

    private static Map<String, Side> byRatio(String corpus, List<String> actors, SplitSettings settings) {
        int sidesWanted = 1 + (settings.validationRatio() > 0 ? 1 : 0) + (settings.testRatio() > 0 ? 1 : 0);
        if (actors.size() < sidesWanted) {
            throw new IllegalArgumentException(
                    ("split: corpus %s has %d actor(s), %s; training and each ratio above 0 (validation-ratio %s,"
                                    + " test-ratio %s) need one each, %d in all; add actors, or set a ratio to 0")
                            .formatted(
                                    corpus,
                                    actors.size(),
                                    actors,
                                    settings.validationRatio(),
                                    settings.testRatio(),
                                    sidesWanted));
        }
        int maxTest = actors.size() - 1 - (settings.validationRatio() > 0 ? 1 : 0);
        int test = share(settings.testRatio(), actors.size(), maxTest);
        return assign(actors.subList(0, test), actors.subList(test, actors.size()), settings);
    }

    /**
     * Assigns every folds-th actor to the test side. The fold after the test fold comes first in the selection for
     * validation.
     */
    private static Map<String, Side> byFold(String corpus, List<String> actors, SplitSettings settings) {
        List<List<String>> folds = new ArrayList<>();
        for (int fold = 0; fold < settings.folds(); fold++) {
            folds.add(new ArrayList<>());
        }
        for (int i = 0; i < actors.size(); i++) {
            folds.get(i % settings.folds()).add(actors.get(i));
        }
        Collections.rotate(folds, -settings.fold());
        List<String> test = folds.get(0);
        List<String> rest = folds.stream().skip(1).flatMap(List::stream).toList();
        int needed = settings.validationRatio() > 0 ? 2 : 1;
        if (actors.size() < settings.folds() || rest.size() < needed) {
            throw new IllegalArgumentException(
                    "split: corpus %s has %d actor(s), %s; %d folds with validation-ratio %s need at least %d"
                            .formatted(
                                    corpus,
                                    actors.size(),
                                    actors,
                                    settings.folds(),
                                    settings.validationRatio(),
                                    Math.max(settings.folds(), test.size() + needed)));
        }
        return assign(test, rest, settings);
    }

    /** Assigns the first of the remaining actors to validation and the others to training. */
    private static Map<String, Side> assign(List<String> test, List<String> rest, SplitSettings settings) {
        return assign(test, rest, share(settings.validationRatio(), test.size() + rest.size(), rest.size() - 1));
    }

    private static Map<String, Side> assign(List<String> test, List<String> rest, int validation) {
        Map<String, Side> sides = new TreeMap<>();
        test.forEach(actor -> sides.put(actor, Side.TEST));
        rest.subList(0, validation).forEach(actor -> sides.put(actor, Side.VALIDATION));
        rest.subList(validation, rest.size()).forEach(actor -> sides.put(actor, Side.TRAIN));
        return sides;
    }

    /**
     * Returns the nearest whole number of actors for a ratio, at least 1 if the ratio is above 0, and at most the maximum
     * that the other sides leave.
     */
    private static int share(double ratio, int actors, int max) {
        return ratio == 0 ? 0 : Math.min(Math.max(1, (int) Math.round(ratio * actors)), max);
    }
}
