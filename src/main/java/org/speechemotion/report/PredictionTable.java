package org.speechemotion.report;

import java.util.ArrayList;
import java.util.List;
import org.speechemotion.corpus.Csv;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.train.Trainer.Prediction;

/** The file {@code predictions.csv} with the predicted emotion and the probabilities of each clip. */
public final class PredictionTable {
    private PredictionTable() {}

    /**
     * Formats the predictions with the columns path, actor_id, emotion, predicted, {@code probability_<emotion>} for each
     * emotion, and side.
     */
    public static String csv(List<SideResult> sides) {
        List<String> header = new ArrayList<>(List.of("path", "actor_id", "emotion", "predicted"));
        EmotionSet emotions = sides.stream()
                .flatMap(side -> side.predictions().stream())
                .map(prediction -> prediction.probabilities().emotions())
                .findFirst()
                .orElse(EmotionSet.EIGHT);
        emotions.ids().forEach(id -> header.add("probability_" + id));
        header.add("side");
        StringBuilder csv = new StringBuilder(Csv.format(header));
        for (SideResult side : sides) {
            side.predictions().forEach(prediction -> csv.append(line(prediction, side.side())));
        }
        return csv.toString();
    }

    private static String line(Prediction prediction, String side) {
        List<String> fields = new ArrayList<>(List.of(
                prediction.example().path(),
                prediction.example().speakerId(),
                prediction.example().emotion().id(),
                prediction.probabilities().emotion().id()));
        for (float probability : prediction.probabilities().values()) {
            fields.add(Float.toString(probability));
        }
        fields.add(side);
        return Csv.format(fields);
    }
}
