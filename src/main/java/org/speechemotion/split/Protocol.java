package org.speechemotion.split;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** A published split of a corpus into test and validation speakers, for comparable results. */
public enum Protocol {
    /** No published split; lists, folds or ratios are used instead. */
    NONE(Map.of(), Validation.BY_RATIO),

    /**
     * RAVDESS in six folds of four actors (Ma et al., "EmoBox", arXiv 2406.07162; emo-box/EmoBox, data/ravdess/fold_*).
     * It has no validation side; the validation ratio selects the first speakers of the next folds.
     */
    EMOBOX_RAVDESS(
            Map.of(
                    "ravdess",
                    List.of(
                            List.of("01", "11", "20", "21"),
                            List.of("04", "10", "12", "14"),
                            List.of("08", "09", "19", "23"),
                            List.of("03", "05", "07", "24"),
                            List.of("02", "15", "16", "18"),
                            List.of("06", "13", "17", "22"))),
            Validation.BY_RATIO),

    /**
     * CREMA-D in five folds of 18 or 19 speakers in the order of their numbers; the next fold validates (Wu et al.,
     * "EMO-SUPERB", arXiv 2402.13018; EMOsuperb/EMO-SUPERB-submission, data/CREMA-D/Primary).
     */
    EMO_SUPERB_CREMA_D(
            Map.of(
                    "crema-d",
                    List.of(
                            numbers(1001, 1018),
                            numbers(1019, 1036),
                            numbers(1037, 1054),
                            numbers(1055, 1072),
                            numbers(1073, 1091))),
            Validation.NEXT_FOLD),

    /** The random split of the Python original, which has a validation side and no test side. */
    ORIGINAL(
            Map.of(
                    "ravdess",
                    List.of(List.of("01", "09", "12", "17", "19")),
                    "crema-d",
                    List.of(List.of(
                            "1001", "1005", "1011", "1013", "1019", "1023", "1027", "1029", "1036", "1040", "1041",
                            "1045", "1050", "1056", "1063", "1067", "1071", "1086", "1089"))),
            Validation.ONLY);

    /** The selection of the validation side. */
    enum Validation {
        /** The share of the speakers outside the test side that the validation ratio states. */
        BY_RATIO,
        /** All speakers of the fold after the test fold. */
        NEXT_FOLD,
        /** The only fold; there is no test side. */
        ONLY
    }

    @SuppressWarnings("ImmutableEnumChecker") // Map.of and List.of
    private final Map<String, List<List<String>>> foldsByCorpus;

    private final Validation validation;

    Protocol(Map<String, List<List<String>>> foldsByCorpus, Validation validation) {
        this.foldsByCorpus = foldsByCorpus;
        this.validation = validation;
    }

    /** Returns the number of folds. Each of them can be the test side, unless there is none. */
    public int folds() {
        return foldsByCorpus.values().stream().mapToInt(List::size).max().orElse(0);
    }

    Validation validation() {
        return validation;
    }

    /**
     * Divides the speakers of a corpus into the folds of this protocol.
     *
     * @param speakers the ids in order of preference
     * @return the speakers of each fold in the given order
     * @throws IllegalArgumentException if the protocol does not contain the corpus or one of the speakers
     */
    List<List<String>> folds(String corpus, List<String> speakers) {
        List<List<String>> published = foldsByCorpus.get(corpus);
        if (published == null) {
            throw new IllegalArgumentException("split: corpus of protocol %s is %s; allowed: %s"
                    .formatted(id(), corpus, String.join(", ", foldsByCorpus.keySet())));
        }
        List<String> left = new ArrayList<>(speakers);
        List<List<String>> folds = published.stream()
                .map(fold -> speakers.stream()
                        .filter(speaker -> fold.contains(speaker.substring(corpus.length() + 1)))
                        .toList())
                .toList();
        folds.forEach(left::removeAll);
        if (validation != Validation.ONLY && !left.isEmpty()) {
            throw new IllegalArgumentException(
                    "split: protocol %s does not contain the speakers %s".formatted(id(), left));
        }
        return folds;
    }

    /** Returns the name in settings, such as {@code emobox-ravdess}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }
}
