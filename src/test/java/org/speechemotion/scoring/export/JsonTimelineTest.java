package org.speechemotion.scoring.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

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
    List<Read> read(String file) {
        List<Read> parts = new ArrayList<>();
        JsonNode recording;
        try {
            recording = new ObjectMapper().readTree(file);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        for (JsonNode channel : recording.get("channels")) {
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
}
