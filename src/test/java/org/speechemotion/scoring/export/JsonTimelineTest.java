package org.speechemotion.scoring.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.speechemotion.asr.Word;

class JsonTimelineTest extends TimelineFormatContract {

    @Override
    TimelineFormat format() {
        return new JsonTimeline();
    }

    @Override
    boolean everySegment() {
        return true;
    }

    @Override
    String voice(String speaker) {
        return "\"speaker\" : \"" + speaker.replace("\"", "\\\"") + "\"";
    }

    @Override
    List<Read> read(String file) {
        List<Read> parts = new ArrayList<>();
        for (JsonNode channel : json(file).get("channels")) {
            for (JsonNode segment : channel.get("segments")) {
                if (segment.has("confidence")) {
                    assertThat(segment.get("probabilities").get("angry").asDouble())
                            .isEqualTo(0.7);
                    parts.add(new Read(
                            channel.get("channel").asInt(),
                            segment.get("start").asDouble(),
                            segment.get("end").asDouble(),
                            segment.get("emotion").asText()));
                }
            }
        }
        return parts;
    }

    @Override
    List<Word> words(String file) {
        List<Word> words = new ArrayList<>();
        json(file)
                .get("channels")
                .get(0)
                .get("words")
                .forEach(word -> words.add(new Word(
                        word.get("word").asText(),
                        word.get("start").asDouble(),
                        word.get("end").asDouble(),
                        word.get("confidence").asDouble())));
        assertThat(words).isEqualTo(WORDS);
        return words;
    }

    private static JsonNode json(String file) {
        try {
            return new ObjectMapper().readTree(file);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
