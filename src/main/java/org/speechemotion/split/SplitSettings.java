package org.speechemotion.split;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;

/**
 * How speakers are divided: by a published protocol, by lists, by folds, or else by ratios.
 *
 * @param validationRatio share of each corpus's actors that validate, in [0, 1)
 * @param testRatio share of each corpus's actors that test, in [0, 1); unused with folds
 * @param validation actor ids that validate
 * @param test actor ids that test; with either list, everybody unlisted trains
 * @param folds how many folds each corpus is cut into; 0 for none
 * @param fold which of them tests, 0 … folds − 1
 * @param seed orders the actors
 * @param protocol a published split, in whose place nothing else may be given but the fold
 */
public record SplitSettings(
        double validationRatio,
        double testRatio,
        List<String> validation,
        List<String> test,
        int folds,
        int fold,
        long seed,
        Protocol protocol)
        implements Serializable {
    private static final SplitSettings DEFAULTS =
            new SplitSettings(0.15, 0.15, List.of(), List.of(), 0, 0, 42, Protocol.NONE);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is outside its range or two contradict each other
     */
    public SplitSettings {
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        require(validationRatio >= 0 && validationRatio < 1, "validation-ratio is " + validationRatio, "0 to below 1");
        require(testRatio >= 0 && testRatio < 1, "test-ratio is " + testRatio, "0 to below 1");
        require(
                validationRatio + testRatio < 1,
                "validation-ratio and test-ratio are %s and %s".formatted(validationRatio, testRatio),
                "a sum below 1, for somebody must train");
        require(folds == 0 || folds >= 2, "folds is " + folds, "0 for none, or at least 2");
        int foldsThereAre = protocol == Protocol.NONE ? folds : protocol.folds();
        require(
                fold >= 0 && fold < Math.max(foldsThereAre, 1),
                "fold is " + fold,
                "0 to below the number of folds, which is " + foldsThereAre);
        require(
                protocol == Protocol.NONE || (folds == 0 || folds == protocol.folds()),
                "protocol is %s and folds is %d".formatted(protocol.id(), folds),
                "0, or the protocol's %d".formatted(protocol.folds()));
        require(
                protocol == Protocol.NONE || (validation.isEmpty() && test.isEmpty()),
                "protocol is %s and actors are listed as well".formatted(protocol.id()),
                "either a protocol or lists");
        require(
                folds == 0 || (validation.isEmpty() && test.isEmpty()),
                "folds is %d and actors are listed as well".formatted(folds),
                "either folds or lists");
        require(
                Collections.disjoint(validation, test),
                "an actor is listed under validation and under test: %s and %s".formatted(validation, test),
                "each actor once");
    }

    /** The same with another fold testing. */
    public SplitSettings withFold(int other) {
        return new SplitSettings(validationRatio, testRatio, validation, test, folds, other, seed, protocol);
    }

    /** How many folds there are, each of which can test; 0 for none. */
    public int foldCount() {
        if (protocol == Protocol.NONE) {
            return folds;
        }
        return protocol.validation() == Protocol.Validation.ONLY ? 0 : protocol.folds();
    }

    /** Ratios of 0.15 and 0.15, seed 42. */
    public static SplitSettings defaults() {
        return DEFAULTS;
    }

    /** Whether the sides are listed actor by actor. */
    boolean listed() {
        return !validation.isEmpty() || !test.isEmpty();
    }

    private static void require(boolean condition, String found, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException("split: %s; allowed: %s".formatted(found, allowed));
        }
    }
}
