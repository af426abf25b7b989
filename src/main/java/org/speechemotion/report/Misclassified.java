package org.speechemotion.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.speechemotion.corpus.Csv;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.train.Trainer.Prediction;

/**
 * A clip that was taken for what it is not.
 *
 * @param rank from 1, the surest error
 */
public record Misclassified(int rank, Prediction prediction) {
    private static final int TOP = 3;
    private static final int LONGEST_STEM = 60;

    static final List<String> HEADER = List.of(
            "file",
            "path",
            "actor_id",
            "emotion",
            "predicted",
            "probability",
            "second",
            "second_probability",
            "third",
            "third_probability");

    /** An emotion, and the probability that it was given. */
    public record Guess(Emotion emotion, float probability) {}

    /**
     * The surest errors first; of equally sure ones, the order follows from the clips' contents.
     *
     * @param most how many
     */
    public static List<Misclassified> worst(List<Prediction> predictions, int most) {
        List<Prediction> errors = predictions.stream()
                .filter(one -> !one.labelled().isRight())
                .sorted(Comparator.comparing(
                                (Prediction one) -> -one.probabilities().confidence())
                        .thenComparing(one -> one.example().contentSha256())
                        .thenComparing(one -> one.example().path()))
                .limit(most)
                .toList();
        return IntStream.range(0, errors.size())
                .mapToObj(i -> new Misclassified(i + 1, errors.get(i)))
                .toList();
    }

    public Emotion truth() {
        return Emotion.ofLabel(prediction.example().label());
    }

    /** The three likeliest emotions, the likeliest first. */
    public List<Guess> guesses() {
        List<Guess> guesses = new ArrayList<>();
        for (Emotion emotion : Emotion.values()) {
            guesses.add(new Guess(emotion, prediction.probabilities().of(emotion.label())));
        }
        guesses.sort(Comparator.comparing(guess -> -guess.probability()));
        return guesses.subList(0, TOP);
    }

    /**
     * A name that says what happened, such as {@code 001_happy-as-sad_sad-0.91_happy-0.05_calm-0.02_03-01-03.wav}. The
     * rank keeps names apart; of the clip's own name there is what is harmless on every file system.
     */
    public String fileName() {
        StringBuilder name = new StringBuilder("%03d_%s-as-%s"
                .formatted(rank, truth().id(), guesses().get(0).emotion().id()));
        for (Guess guess : guesses()) {
            name.append(String.format(Locale.ROOT, "_%s-%.2f", guess.emotion().id(), guess.probability()));
        }
        String path = prediction.example().path();
        String own = path.substring(path.lastIndexOf('/') + 1);
        int dot = own.lastIndexOf('.');
        String extension = dot < 0 ? "" : own.substring(dot);
        String stem = own.substring(0, own.length() - extension.length()).replaceAll("[^A-Za-z0-9.-]", "-");
        return name.append('_')
                .append(stem, 0, Math.min(LONGEST_STEM, stem.length()))
                .append(extension.matches("\\.[A-Za-z0-9]{1,5}") ? extension : "")
                .toString();
    }

    /**
     * Its line of {@code index.csv}.
     *
     * @param file the copy's name; "" where there is none
     */
    String line(String file) {
        List<String> fields = new ArrayList<>(
                List.of(file, prediction.example().path(), prediction.example().actorId(), truth().id()));
        for (Guess guess : guesses()) {
            fields.add(guess.emotion().id());
            fields.add(Float.toString(guess.probability()));
        }
        return Csv.format(fields);
    }
}
