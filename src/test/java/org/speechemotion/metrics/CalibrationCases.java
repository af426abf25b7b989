package org.speechemotion.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.speechemotion.corpus.EmotionSet;

/** The content of calibration.json, which calibration.py writes. */
record CalibrationCases(
        String name,
        List<LabelledPrediction> predictions,
        double temperature,
        double shrunk,
        Calibrator biased,
        JsonNode before,
        JsonNode after) {
    static Stream<CalibrationCases> all() {
        try (InputStream in = CalibrationCases.class.getResourceAsStream("/metrics/calibration.json")) {
            List<CalibrationCases> cases = new ArrayList<>();
            new ObjectMapper().readTree(in).forEach(node -> cases.add(of(node)));
            return cases.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CalibrationCases of(JsonNode node) {
        List<LabelledPrediction> predictions = new ArrayList<>();
        for (int i = 0; i < node.get("labels").size(); i++) {
            float[] probabilities = new float[EmotionSet.EIGHT.size()];
            for (int k = 0; k < probabilities.length; k++) {
                probabilities[k] = node.get("probabilities").get(i).get(k).floatValue();
            }
            predictions.add(
                    new LabelledPrediction(node.get("labels").get(i).asInt(), new Probabilities(probabilities)));
        }
        return new CalibrationCases(
                node.get("name").asText(),
                predictions,
                node.get("temperature").asDouble(),
                node.get("shrunk_temperature").asDouble(),
                new Calibrator(
                        node.get("biased_temperature").asDouble(),
                        StreamSupport.stream(node.get("bias").spliterator(), false)
                                .map(JsonNode::asDouble)
                                .toList()),
                node.get("before"),
                node.get("after"));
    }

    List<LabelledPrediction> calibrated() {
        return predictions.stream()
                .map(one ->
                        new LabelledPrediction(one.label(), one.probabilities().calibrated(Calibrator.of(temperature))))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
