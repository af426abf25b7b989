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
 * A misclassified clip.
 *
 * @param rank the rank of the error by confidence, from 1 for the most confident one
 * @param prediction the wrong prediction
 */
public record Misclassified(int rank, Prediction prediction) {
    private static final int TOP = 3;
    private static final int MAX_STEM_LENGTH = 60;

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

    /** An emotion and its predicted probability. */
    public record Guess(Emotion emotion, float probability) {}

    /**
     * Returns the most confident errors, the most confident one first. The order of equally confident errors follows from
     * the clips' contents.
     *
     * @param max the maximum number of errors
     */
    public static List<Misclassified> worst(List<Prediction> predictions, int max) {
        List<Prediction> errors = predictions.stream()
                .filter(one -> !one.labelled().isRight())
                .sorted(Comparator.comparing(
                                (Prediction one) -> -one.probabilities().confidence())
                        .thenComparing(one -> one.example().contentSha256())
                        .thenComparing(one -> one.example().path()))
                .limit(max)
                .toList();
        return IntStream.range(0, errors.size())
                .mapToObj(i -> new Misclassified(i + 1, errors.get(i)))
                .toList();
    }

    public Emotion truth() {
        return prediction.example().emotion();
    }

    /** Returns the three likeliest emotions, the likeliest first. */
    public List<Guess> guesses() {
        List<Guess> guesses = new ArrayList<>();
        for (Emotion emotion : prediction.probabilities().emotions()) {
            guesses.add(new Guess(emotion, prediction.probabilities().of(emotion.label())));
        }
        guesses.sort(Comparator.comparing(guess -> -guess.probability()));
        return List.copyOf(guesses.subList(0, Math.min(TOP, guesses.size())));
    }

    /**
     * Returns a file name that describes the error, such as
     * {@code 001_happy-as-sad_sad-0.91_happy-0.05_calm-0.02_03-01-03.wav}. The rank makes it unique. Of the clip's own
     * name it has the characters that are safe on every file system.
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
                .append(stem, 0, Math.min(MAX_STEM_LENGTH, stem.length()))
                .append(extension.matches("\\.[A-Za-z0-9]{1,5}") ? extension : "")
                .toString();
    }

    /**
     * Returns the line of the clip in {@code index.csv}.
     *
     * @param file the name of the copy; "" if there is none
     */
    String line(String file) {
        List<String> fields = new ArrayList<>(
                List.of(file, prediction.example().path(), prediction.example().speakerId(), truth().id()));
        for (Guess guess : guesses()) {
            fields.add(guess.emotion().id());
            fields.add(Float.toString(guess.probability()));
        }
        return Csv.format(fields);
    }
}
