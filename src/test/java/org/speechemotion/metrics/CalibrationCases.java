package org.speechemotion.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.speechemotion.corpus.Emotion;

/** The content of calibration.json, which calibration.py writes. */
record CalibrationCases(
        String name, List<Forecast> forecasts, double temperature, double shrunk, JsonNode before, JsonNode after) {
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
        List<Forecast> forecasts = new ArrayList<>();
        for (int i = 0; i < node.get("labels").size(); i++) {
            float[] probabilities = new float[Emotion.count()];
            for (int k = 0; k < probabilities.length; k++) {
                probabilities[k] = node.get("probabilities").get(i).get(k).floatValue();
            }
            forecasts.add(new Forecast(node.get("labels").get(i).asInt(), probabilities));
        }
        return new CalibrationCases(
                node.get("name").asText(),
                forecasts,
                node.get("temperature").asDouble(),
                node.get("shrunk_temperature").asDouble(),
                node.get("before"),
                node.get("after"));
    }

    List<Forecast> calibrated() {
        return forecasts.stream().map(forecast -> forecast.at(temperature)).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
