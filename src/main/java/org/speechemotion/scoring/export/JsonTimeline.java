package org.speechemotion.scoring.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import java.math.BigDecimal;
import org.speechemotion.asr.Word;
import org.speechemotion.scoring.export.ExportedTimeline.Channel;
import org.speechemotion.scoring.export.ExportedTimeline.Span;

/**
 * A JSON object with every segment of every channel or speaker, also those of silence, and their probabilities. If words are known, a channel
 * has them too. Times are in s.
 */
@AutoService(TimelineFormat.class)
public final class JsonTimeline implements TimelineFormat {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String extension() {
        return "json";
    }

    @Override
    public String text(ExportedTimeline timeline) {
        ObjectNode recording = JSON.createObjectNode();
        recording.put("recording", timeline.recording());
        recording.put("seconds", new BigDecimal(Times.seconds(timeline.seconds())));
        ArrayNode channels = recording.putArray("channels");
        for (Channel channel : timeline.channels()) {
            ObjectNode side = channels.addObject();
            side.put("channel", channel.number());
            if (!channel.speaker().isEmpty()) {
                side.put("speaker", channel.speaker());
            }
            ArrayNode segments = side.putArray("segments");
            channel.spans().forEach(span -> add(segments.addObject(), span));
            if (!channel.words().words().isEmpty()) {
                ArrayNode words = side.putArray("words");
                channel.words().words().forEach(word -> add(words.addObject(), word));
            }
        }
        return recording.toPrettyString() + "\n";
    }

    private static void add(ObjectNode object, Word word) {
        addTimes(object, word.startSeconds(), word.endSeconds());
        object.put("word", word.text());
        object.put("confidence", word.confidence());
    }

    private static void addTimes(ObjectNode object, double start, double end) {
        object.put("start", new BigDecimal(Times.seconds(start)));
        object.put("end", new BigDecimal(Times.seconds(end)));
    }

    private static void add(ObjectNode segment, Span span) {
        addTimes(segment, span.start(), span.end());
        segment.put("emotion", span.answer());
        if (span.speech()) {
            segment.put("confidence", span.confidence());
            ObjectNode probabilities = segment.putObject("probabilities");
            span.probabilities().forEach(probabilities::put);
        }
    }
}
