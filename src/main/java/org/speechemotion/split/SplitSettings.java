package org.speechemotion.split;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.speechemotion.corpus.Clip;

/**
 * The settings of a split by speaker: by a published protocol, by lists, by folds, or else by ratios.
 *
 * @param validationRatio the share of each corpus's speakers on the validation side, in [0, 1)
 * @param testRatio the share of each corpus's speakers on the test side, in [0, 1); unused with folds
 * @param validation the ids of the speakers on the validation side
 * @param test the ids of the speakers on the test side; with either list, all unlisted speakers are on the training side
 * @param folds the number of folds of each corpus; 0 for none
 * @param fold the test fold, from 0 to folds − 1
 * @param seed the seed of the order of the speakers
 * @param protocol a published split, which may only be combined with {@code fold}
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
     * Checks all values.
     *
     * @throws IllegalArgumentException if a value is out of its range or two values contradict each other
     */
    public SplitSettings {
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        require(validationRatio >= 0 && validationRatio < 1, "validation-ratio is " + validationRatio, "0 to below 1");
        require(testRatio >= 0 && testRatio < 1, "test-ratio is " + testRatio, "0 to below 1");
        require(
                validationRatio + testRatio < 1,
                "validation-ratio and test-ratio are %s and %s".formatted(validationRatio, testRatio),
                "a sum below 1, which leaves speakers for training");
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
                "protocol is %s and speakers are listed as well".formatted(protocol.id()),
                "either a protocol or lists");
        require(
                folds == 0 || (validation.isEmpty() && test.isEmpty()),
                "folds is %d and speakers are listed as well".formatted(folds),
                "either folds or lists");
        require(
                Collections.disjoint(validation, test),
                "validation is %s and test is %s".formatted(validation, test),
                "each speaker in one list only");
    }

    /** Returns these settings with other ratios of validation and test speakers. */
    public SplitSettings withRatios(double otherValidation, double otherTest) {
        return new SplitSettings(otherValidation, otherTest, validation, test, folds, fold, seed, protocol);
    }

    /** Returns these settings with lists of the validation and test speakers. */
    public SplitSettings withLists(List<String> otherValidation, List<String> otherTest) {
        return new SplitSettings(validationRatio, testRatio, otherValidation, otherTest, folds, fold, seed, protocol);
    }

    /** Returns these settings with another number of folds, of which one is the test side. */
    public SplitSettings withFolds(int otherFolds, int otherFold) {
        return new SplitSettings(validationRatio, testRatio, validation, test, otherFolds, otherFold, seed, protocol);
    }

    /** Returns these settings with another seed. */
    public SplitSettings withSeed(long other) {
        return new SplitSettings(validationRatio, testRatio, validation, test, folds, fold, other, protocol);
    }

    /** Returns these settings with a published split. */
    public SplitSettings withProtocol(Protocol other) {
        return new SplitSettings(validationRatio, testRatio, validation, test, folds, fold, seed, other);
    }

    /** Returns these settings with another test fold. */
    public SplitSettings withFold(int other) {
        return new SplitSettings(validationRatio, testRatio, validation, test, folds, other, seed, protocol);
    }

    /** Returns these settings with only those listed speakers that are of the given corpora. */
    public SplitSettings within(Set<String> corpora) {
        return new SplitSettings(
                validationRatio,
                testRatio,
                validation.stream()
                        .filter(speaker -> corpora.contains(Clip.corpusOf(speaker)))
                        .toList(),
                test.stream()
                        .filter(speaker -> corpora.contains(Clip.corpusOf(speaker)))
                        .toList(),
                folds,
                fold,
                seed,
                protocol);
    }

    /** Returns the number of folds that can be the test side; 0 for none. */
    public int foldCount() {
        if (protocol == Protocol.NONE) {
            return folds;
        }
        return protocol.validation() == Protocol.Validation.ONLY ? 0 : protocol.folds();
    }

    /** Returns settings with ratios of 0.15 and 0.15 and seed 42. */
    public static SplitSettings defaults() {
        return DEFAULTS;
    }

    /** Returns whether the sides are given as lists of speakers. */
    boolean listed() {
        return !validation.isEmpty() || !test.isEmpty();
    }

    private static void require(boolean condition, String found, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException("split: %s; allowed: %s".formatted(found, allowed));
        }
    }
}
