package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.speechemotion.acoustics.AcousticProfile;
import org.speechemotion.acoustics.AcousticProperty;
import org.speechemotion.asr.Transcript;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.scoring.CallStatistics;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.scoring.Segment;
import org.speechemotion.scoring.SpeakerScore;
import org.speechemotion.scoring.Timeline;
import org.speechemotion.spark.scoring.ScoreColumns.Part;

/**
 * Makes rows of scores.
 *
 * @param abstainBelow the confidence below which the emotion is {@link Probabilities#UNCERTAIN}
 */
record ScoreRows(ScoreColumns columns, String modelId, double abstainBelow) implements Serializable {
    private static final double THIRD = 1.0 / 3;
    private static final double SECONDS_PER_MINUTE = 60;

    /** Makes a row of {@link ScoreColumns#result}. */
    Row row(String path, Result<ScoredRecording> result) {
        List<Object> values = new ArrayList<>();
        values.add(path);
        if (result instanceof Result.Rejected<ScoredRecording> rejected) {
            Rejection rejection = rejected.rejection();
            values.addAll(List.of(ScoreColumns.REJECTED, rejection.code(), rejection.message()));
            values.addAll(Collections.nCopies(columns.result().size() - values.size() - 1, null));
        } else {
            addResult(values, result.orElseThrow());
        }
        values.add(modelId);
        return RowFactory.create(values.toArray());
    }

    private void addResult(List<Object> values, ScoredRecording scored) {
        Timeline.Summary summary = scored.summary();
        String note = scored.source().note().isEmpty() ? null : scored.source().note();
        values.addAll(Arrays.asList(ScoreColumns.OK, null, note, scored.durationSeconds(), summary.speechSeconds()));
        addAnswer(values, summary.probabilities(), true);
        if (columns.has(Part.CHANNELS)) {
            values.add(channels(scored.channels()));
        }
        if (columns.has(Part.TIMELINE)) {
            values.add(timeline(scored));
        }
        if (columns.has(Part.CALLS)) {
            values.add(call(scored));
        }
        if (columns.has(Part.ACOUSTICS)) {
            values.add(acoustics(scored.acoustics()));
        }
        if (columns.has(Part.SPEAKERS)) {
            values.add(scored.speakers().stream()
                    .map(speaker -> speaker(speaker, scored.durationSeconds()))
                    .toArray(Row[]::new));
        }
        if (columns.has(Part.EMBEDDINGS)) {
            values.add(scored.embedding().orElseThrow());
        }
        if (columns.has(Part.TRANSCRIPTS)) {
            List<Transcript> transcripts = scored.transcripts();
            values.add(transcripts.stream().map(Transcript::text).collect(Collectors.joining("\n")));
            if (columns.has(Part.CHANNELS)) {
                values.add(IntStream.range(0, transcripts.size())
                        .boxed()
                        .flatMap(channel -> words(channel, transcripts.get(channel)))
                        .toArray(Row[]::new));
            }
        }
    }

    private Row call(ScoredRecording scored) {
        List<Row> sides = new ArrayList<>();
        for (CallStatistics.Side side : scored.call().sides()) {
            int index = sides.size();
            sides.add(
                    scored.speakers().isEmpty()
                            ? side(side, index + 1, scored.channels().get(index), scored.durationSeconds(), null)
                            : side(side, scored.speakers().get(index), scored.durationSeconds()));
        }
        return RowFactory.create(
                scored.call().silenceSeconds(), scored.call().overlapSeconds(), sides.toArray(Row[]::new));
    }

    private Row side(CallStatistics.Side side, SpeakerScore speaker, double seconds) {
        return side(side, speaker.channel(), speaker.timeline(), seconds, speaker.speaker());
    }

    private Row side(CallStatistics.Side side, int channel, Timeline timeline, double seconds, String speaker) {
        List<Object> values = new ArrayList<>(List.of(channel, side.talkSeconds()));
        addShares(values, side, timeline, seconds);
        if (columns.has(Part.SPEAKERS)) {
            values.add(speaker);
        }
        return RowFactory.create(values.toArray());
    }

    /** Adds the columns that a side of a call and a speaker have in common. */
    private void addShares(List<Object> values, CallStatistics.Side side, Timeline timeline, double seconds) {
        values.addAll(Arrays.asList(
                side.talkShare(),
                side.turns(),
                side.interruptions(),
                Double.isFinite(side.loudness()) ? side.loudness() : null,
                answer(timeline.meanBetween(0, seconds * THIRD)),
                answer(timeline.meanBetween(seconds * (1 - THIRD), seconds))));
    }

    private static Row[] acoustics(List<AcousticProfile> channels) {
        List<Row> rows = new ArrayList<>();
        for (AcousticProfile profile : channels) {
            List<Object> values = new ArrayList<>(List.of(rows.size() + 1));
            for (AcousticProperty property : AcousticProperty.values()) {
                values.add(profile.values().get(property));
            }
            rows.add(RowFactory.create(values.toArray()));
        }
        return rows.toArray(Row[]::new);
    }

    private Row speaker(SpeakerScore speaker, double seconds) {
        Timeline timeline = speaker.timeline();
        CallStatistics.Side side = speaker.side();
        List<Object> values = new ArrayList<>(
                List.of(speaker.speaker(), speaker.channel(), timeline.summary().speechSeconds()));
        addAnswer(values, timeline.summary().probabilities(), true);
        timeline.shares(columns.emotions(), abstainBelow).values().forEach(share -> values.add(share.floatValue()));
        addShares(values, side, timeline, seconds);
        if (columns.has(Part.TRANSCRIPTS)) {
            values.add(speaker.transcript().text());
            values.add(speaker.transcript().words().size() * SECONDS_PER_MINUTE / side.talkSeconds());
        }
        if (columns.has(Part.TIMELINE)) {
            values.add(timeline.segments().stream()
                    .map(segment -> RowFactory.create(
                            segment(speaker.channel(), segment).toArray()))
                    .toArray(Row[]::new));
        }
        return RowFactory.create(values.toArray());
    }

    private List<Object> segment(int channel, Segment segment) {
        List<Object> values = new ArrayList<>(List.of(channel, segment.startSeconds(), segment.endSeconds()));
        addAnswer(values, segment.probabilities(), false);
        return values;
    }

    private String answer(Optional<Probabilities> speech) {
        return speech.map(likely -> likely.answer(abstainBelow)).orElse(ScoredRecording.SILENCE);
    }

    private Row[] channels(List<Timeline> channels) {
        List<Row> rows = new ArrayList<>();
        for (Timeline channel : channels) {
            Timeline.Summary summary = channel.summary();
            List<Object> values = new ArrayList<>(List.of(rows.size() + 1, summary.speechSeconds()));
            addAnswer(values, summary.probabilities(), true);
            channel.shares(columns.emotions(), abstainBelow).values().forEach(share -> values.add(share.floatValue()));
            rows.add(RowFactory.create(values.toArray()));
        }
        return rows.toArray(Row[]::new);
    }

    private Row[] timeline(ScoredRecording scored) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < scored.channels().size(); i++) {
            List<Segment> segments = scored.channels().get(i).segments();
            for (int j = 0; j < segments.size(); j++) {
                List<Object> values = segment(i + 1, segments.get(j));
                if (columns.has(Part.TRANSCRIPTS)) {
                    Transcript transcript = scored.words(i, j);
                    values.add(transcript.text());
                    values.add(words(i, transcript).toArray(Row[]::new));
                }
                rows.add(RowFactory.create(values.toArray()));
            }
        }
        return rows.toArray(Row[]::new);
    }

    private static Stream<Row> words(int channel, Transcript transcript) {
        return transcript.words().stream()
                .map(word -> RowFactory.create(
                        channel + 1, word.text(), word.startSeconds(), word.endSeconds(), (float) word.confidence()));
    }

    /** Adds the emotion, its probability, the entropy if it is wanted, and all probabilities. */
    private void addAnswer(List<Object> values, Optional<Probabilities> speech, boolean entropy) {
        values.add(answer(speech));
        values.add(speech.map(Probabilities::confidence).orElse(null));
        if (entropy) {
            values.add(speech.map(Probabilities::entropyBits).orElse(null));
        }
        for (int i = 0; i < columns.emotions().size(); i++) {
            values.add(speech.isPresent() ? speech.get().values()[i] : null);
        }
    }

    /**
     * Makes a row of a table.
     *
     * @param result see {@link #row}
     * @param content SHA-256 of the input's bytes; null if it was not read to its end
     * @param run the time at which the run began, ISO-8601
     */
    static Row written(Row result, ScoringInput input, String content, Timestamp scoredAt, String run) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < result.size(); i++) {
            values.add(result.get(i));
        }
        values.addAll(Arrays.asList(content, input.bytes(), new Timestamp(input.modified()), scoredAt, run));
        return RowFactory.create(values.toArray());
    }

    /** Makes the row of an input from the row of another input with the same content, scored by the same model. */
    static Row copied(Row original, ScoringInput input, Timestamp scoredAt, String run) {
        Object[] result = new Object[original.fieldIndex(ScoreColumns.CONTENT)];
        for (int i = 0; i < result.length; i++) {
            result[i] = original.get(i);
        }
        result[original.fieldIndex(ScoreColumns.PATH)] = input.path();
        return written(RowFactory.create(result), input, original.getAs(ScoreColumns.CONTENT), scoredAt, run);
    }
}
