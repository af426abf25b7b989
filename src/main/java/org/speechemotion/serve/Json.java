package org.speechemotion.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.asr.Word;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.live.LiveEvent;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.scoring.ScoredRecording;

/** Writes answers and events as JSON, with the names of the columns of a score table. Channels are counted from 1. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static String text(Map<String, Object> object) {
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is not JSON", e);
        }
    }

    /** Sends an object as the answer. */
    static void send(HttpServerExchange exchange, int status, String json) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(json);
    }

    /** Sends an error: {@code {"error": code, "message": …}}. */
    static void error(HttpServerExchange exchange, int status, String code, String message) {
        send(exchange, status, text(Map.of("error", code, "message", message)));
    }

    /** Returns an event of a stream; empty for events that are not sent. */
    static Optional<String> event(LiveEvent event, ServedModel model) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (event instanceof LiveEvent.SpeechStart start) {
            at(json, "speech-start", start.channel()).put("at_s", start.seconds());
        } else if (event instanceof LiveEvent.SpeechEnd end) {
            at(json, "speech-end", end.channel()).put("at_s", end.seconds());
        } else if (event instanceof LiveEvent.Window window) {
            span(at(json, "window", window.channel()), window.startSeconds(), window.endSeconds());
            json.put("speech", window.speech());
            answer(json, Optional.of(window.probabilities()), model);
        } else if (event instanceof LiveEvent.Provisional provisional) {
            at(json, "segment", provisional.channel());
            span(
                    json,
                    provisional.segment().startSeconds(),
                    provisional.segment().endSeconds());
            answer(json, provisional.segment().probabilities(), model);
        } else if (event instanceof LiveEvent.Skipped skipped) {
            span(at(json, "skipped", skipped.channel()), skipped.startSeconds(), skipped.endSeconds());
        } else if (event instanceof LiveEvent.Words words) {
            at(json, "words", words.channel());
            json.put("words", words.words().stream().map(Json::word).toList());
        } else if (event instanceof LiveEvent.WordsSkipped skipped) {
            span(at(json, "words-skipped", skipped.channel()), skipped.startSeconds(), skipped.endSeconds());
        } else if (event instanceof LiveEvent.End end) {
            String result = model.format().json("", end.result());
            return Optional.of("{\"event\":\"end\",\"skipped\":" + end.skipped() + ",\"result\":" + result + "}");
        } else {
            return Optional.empty();
        }
        return Optional.of(text(json));
    }

    private static Map<String, Object> at(Map<String, Object> json, String event, int channel) {
        json.put("event", event);
        json.put("channel", channel + 1);
        return json;
    }

    private static void span(Map<String, Object> json, double start, double end) {
        json.put("start_s", start);
        json.put("end_s", end);
    }

    private static void answer(Map<String, Object> json, Optional<Probabilities> likely, ServedModel model) {
        json.put("emotion", likely.map(one -> one.answer(model.abstainBelow())).orElse(ScoredRecording.SILENCE));
        json.put("confidence", likely.map(Probabilities::confidence).orElse(null));
        for (Emotion emotion : model.emotions()) {
            json.put(
                    "probability_" + emotion.id(),
                    likely.map(one -> one.of(emotion.label())).orElse(null));
        }
    }

    private static Map<String, Object> word(Word word) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("word", word.text());
        span(json, word.startSeconds(), word.endSeconds());
        json.put("confidence", word.confidence());
        return json;
    }
}
