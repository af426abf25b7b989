package org.speechemotion.scoring.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.speechemotion.asr.Transcript;

/**
 * The timeline of a recording, ready to be written.
 *
 * @param recording the path of the recording
 * @param seconds its duration in s
 * @param channels its channels in the order of the file; a single one for the mix. If its speakers are known, there is one for each
 */
public record ExportedTimeline(String recording, double seconds, List<Channel> channels) {

    /**
     * The segments of a channel.
     *
     * @param number the number of the channel, counted from 1
     * @param speaker its speaker; "" if it is not known
     * @param spans its parts in order, from 0 s to the end of the recording, without gaps
     * @param words the spoken words; empty without a speech recogniser
     */
    public record Channel(int number, String speaker, List<Span> spans, Transcript words) {

        /** Creates a channel of which neither speaker nor words are known. */
        public Channel(int number, List<Span> spans) {
            this(number, "", spans, Transcript.EMPTY);
        }

        /** Returns the speaker; without one, the number after a prefix. */
        String name(String prefix) {
            return speaker.isEmpty() ? prefix + number : speaker;
        }

        /** Returns the spans with neighbours of the same answer joined; the confidence is the mean over time. */
        public List<Span> joined() {
            List<Span> joined = new ArrayList<>();
            for (Span span : spans) {
                int last = joined.size() - 1;
                if (last >= 0 && joined.get(last).answer.equals(span.answer)) {
                    joined.set(last, joined.get(last).with(span));
                } else {
                    joined.add(span);
                }
            }
            return joined;
        }
    }

    /**
     * A part of a channel.
     *
     * @param start the time of its beginning in s, exact to the sample
     * @param end the time of its end in s
     * @param answer an emotion, {@code uncertain} or {@code silence}
     * @param speech whether it is speech
     * @param confidence the probability of the most likely emotion; 0 for silence
     * @param probabilities emotion → probability; empty for silence
     */
    public record Span(
            double start,
            double end,
            String answer,
            boolean speech,
            double confidence,
            Map<String, Double> probabilities) {

        private Span with(Span next) {
            double mean = (confidence * (end - start) + next.confidence * (next.end - next.start)) / (next.end - start);
            return new Span(start, next.end, answer, speech, mean, Map.of());
        }
    }

    /** Returns whether each line must name its channel, because there are several or the speakers are known. */
    boolean isNamed() {
        return channels.size() > 1 || channels.stream().anyMatch(channel -> !channel.speaker.isEmpty());
    }

    /** Returns the name of the recording without its folders. */
    public String fileName() {
        return recording.substring(Math.max(recording.lastIndexOf('/'), recording.lastIndexOf('\\')) + 1);
    }
}
