package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.speechemotion.acoustics.FrameLevels;
import org.speechemotion.diarization.Diarizer;
import org.speechemotion.metrics.Probabilities;

/**
 * A channel that is being scored. Samples arrive while it is read, and the scores of its windows at any time before the
 * timeline is asked for. A window without a score counts in no mean. It is not thread-safe.
 */
public final class ChannelScore {
    private final RecordingSettings settings;
    private final int sampleRate;
    private final int window;
    private final int hop;
    private final FrameLevels levels;
    private final SlidingWindows windows;
    private final List<Long> starts = new ArrayList<>();
    private final List<Probabilities> probabilities = new ArrayList<>();
    private double[] embedding = new double[0];
    private int scored;

    /**
     * Begins a channel.
     *
     * @param sampleRate the sample rate in Hz
     * @param consumer the consumer of each window, whose score must be given to {@link #predicted} before {@link #timeline} is
     *     called
     */
    public ChannelScore(RecordingSettings settings, int sampleRate, WindowConsumer consumer) {
        this.settings = settings;
        this.sampleRate = sampleRate;
        window = (int) samples(settings.windowSeconds());
        hop = (int) samples(settings.hopSeconds());
        levels = new FrameLevels(sampleRate);
        windows = new SlidingWindows(window, hop, (start, samples) -> {
            starts.add(start);
            probabilities.add(null);
            consumer.accept(starts.size() - 1, samples);
        });
    }

    /** Takes the next {@code count} samples. */
    public void accept(float[] samples, int count) {
        levels.accept(samples, count);
        windows.accept(samples, count);
    }

    /** Ends the channel. */
    public void finish() {
        levels.finish();
        windows.finish();
    }

    /** Returns the duration of the channel, in s. */
    public double seconds() {
        return seconds(windows.length());
    }

    /** Accepts the score of a window. */
    public void predicted(int index, ClipScore score) {
        scored++;
        probabilities.set(index, score.probabilities());
        score.embedding().ifPresent(mean -> {
            embedding = embedding.length == 0 ? new double[mean.length] : embedding;
            for (int i = 0; i < mean.length; i++) {
                embedding[i] += mean[i];
            }
        });
    }

    /** Returns the level of the last 10 ms, in dB of full scale. */
    public double level() {
        return levels.last();
    }

    /**
     * Returns the level above which a frame counts as speech, by the audio so far, in dB of full scale. As in a recording of one window,
     * any sound counts until there is more than a window of audio.
     */
    public double speechLevel() {
        return windows.length() <= window
                ? FrameLevels.DIGITAL_SILENCE
                : Math.max(FrameLevels.DIGITAL_SILENCE, levels.floorSoFar() + settings.silenceDecibels());
    }

    /** Returns whether the time between two points, in s, is speech by a level in dB of full scale. */
    public boolean speech(double startSeconds, double endSeconds, double speechLevel) {
        return SpeechMap.isSpeech(levels, speechLevel, samples(startSeconds), samples(endSeconds));
    }

    /** Returns the time at which a window begins, in s. */
    public double start(int index) {
        return seconds(starts.get(index));
    }

    /**
     * Returns the segment with which a window begins, as far as it is known when the windows up to that one have scores: later audio may
     * change the noise floor and thereby the decision between speech and silence, and takes part in the smoothing of {@link #timeline}.
     *
     * @param index the window, whose start is a multiple of the hop
     * @param speechLevel the level above which a frame counts as speech, in dB of full scale
     */
    public Segment provisional(int index, double speechLevel) {
        long start = (long) index * hop;
        long end = start + hop;
        if (!SpeechMap.isSpeech(levels, speechLevel, start, end)) {
            return new Segment(seconds(start), seconds(end), Optional.empty());
        }
        long from = Math.max(0, start - Math.max(0, samples(settings.smoothingSeconds()) - hop) / 2);
        WeightedMean mean = new WeightedMean();
        for (long segment = from / hop * hop; segment < end; segment += hop) {
            if (SpeechMap.isSpeech(levels, speechLevel, segment, segment + hop)) {
                double weight = segment + hop - Math.max(from, segment);
                meanOfWindows(segment, segment + hop, index).ifPresent(likely -> mean.add(likely, weight));
            }
        }
        return new Segment(seconds(start), seconds(end), mean.probabilities());
    }

    /** Returns the timeline; all windows that will have a score must have it. */
    public Timeline timeline() {
        long length = windows.length();
        SpeechMap map = length <= window
                ? SpeechMap.ofOne(levels, (int) length)
                : SpeechMap.of(levels, length, hop, settings.silenceDecibels());
        return timeline(map.ranges(), map::speech, meanEmbedding());
    }

    /**
     * Returns the timeline of a speaker; all windows that will have a score must have it. The turns are cut into segments as
     * long as the hop; all of them are speech. They are smoothed over the same speaker alone.
     *
     * @param turns the turns in order, without overlaps
     */
    Timeline timeline(List<SampleRange> turns) {
        List<SampleRange> pieces = new ArrayList<>();
        for (SampleRange turn : turns) {
            long count = Math.max(1, (turn.length() + hop / 2) / hop);
            for (long i = 0; i < count; i++) {
                long start = turn.start() + i * hop;
                pieces.add(new SampleRange(start, i == count - 1 ? turn.end() : start + hop));
            }
        }
        return timeline(pieces, piece -> true, Optional.empty());
    }

    private Timeline timeline(List<SampleRange> pieces, IntPredicate isSpeech, Optional<float[]> meanEmbedding) {
        List<Optional<Probabilities>> means = new ArrayList<>();
        long speech = 0;
        for (int i = 0; i < pieces.size(); i++) {
            SampleRange piece = pieces.get(i);
            means.add(
                    isSpeech.test(i) ? meanOfWindows(piece.start(), piece.end(), starts.size() - 1) : Optional.empty());
            speech += isSpeech.test(i) ? piece.length() : 0;
        }
        long smoothing = samples(settings.smoothingSeconds());
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            SampleRange piece = pieces.get(i);
            long margin = Math.max(0, smoothing - piece.length()) / 2;
            segments.add(new Segment(
                    seconds(piece.start()),
                    seconds(piece.end()),
                    isSpeech.test(i)
                            ? mean(pieces, means, new SampleRange(piece.start() - margin, piece.end() + margin))
                            : Optional.empty()));
        }
        Timeline.Summary summary =
                new Timeline.Summary(seconds(speech), mean(pieces, means, new SampleRange(0, windows.length())));
        return new Timeline(summary, segments, meanEmbedding);
    }

    /** Returns the mean over the pieces, which are in order and do not overlap, each weighted by its overlap with a span. */
    private static Optional<Probabilities> mean(
            List<SampleRange> pieces, List<Optional<Probabilities>> means, SampleRange around) {
        WeightedMean mean = new WeightedMean();
        for (int i = SampleRange.firstEndingAfter(around.start(), pieces);
                i < pieces.size() && pieces.get(i).start() < around.end();
                i++) {
            double weight = around.overlap(pieces.get(i));
            means.get(i).ifPresent(likely -> mean.add(likely, weight));
        }
        return mean.probabilities();
    }

    /** Returns the samples of turns within the recording; turns that overlap or touch are one. */
    List<SampleRange> ranges(List<SpeakerTurn> turns) {
        List<SampleRange> ranges = new ArrayList<>();
        for (SpeakerTurn turn : turns) {
            SampleRange range = new SampleRange(
                    samples(turn.startSeconds()), Math.min(windows.length(), samples(turn.endSeconds())));
            int last = ranges.size() - 1;
            if (last >= 0 && range.start() <= ranges.get(last).end()) {
                ranges.set(
                        last,
                        new SampleRange(
                                ranges.get(last).start(),
                                Math.max(ranges.get(last).end(), range.end())));
            } else if (range.length() > 0) {
                ranges.add(range);
            }
        }
        return ranges;
    }

    /** Returns the times in which a speaker speaks, and the loudness in them. */
    SpeechActivity activity(List<SampleRange> turns) {
        return SpeechActivity.of(
                levels.toArray(),
                turns.stream()
                        .map(turn -> new SpeechActivity.Interval(frame(turn.start()), frame(turn.end())))
                        .toList());
    }

    /**
     * Returns the turns that a diarizer finds; the channel must have ended.
     *
     * @param number the number of the channel, counted from 1
     */
    List<SpeakerTurn> turns(Diarizer diarizer, int number) {
        List<Diarizer.Interval> speech = activity().intervals().stream()
                .map(interval -> new Diarizer.Interval(interval.start(), interval.end()))
                .toList();
        return diarizer.turns(levels.toArray(), speech).stream()
                .map(turn -> new SpeakerTurn(
                        "speaker-" + turn.speaker(),
                        number,
                        turn.start() / SpeechActivity.FRAMES_PER_SECOND,
                        turn.end() / SpeechActivity.FRAMES_PER_SECOND))
                .toList();
    }

    private int frame(long sample) {
        return (int) Math.round(seconds(sample) * SpeechActivity.FRAMES_PER_SECOND);
    }

    /** Returns the times of speech, by the same threshold as that of the segments; the channel must have ended. */
    SpeechActivity activity() {
        double threshold = levels.floor() + settings.silenceDecibels();
        return SpeechActivity.of(levels.toArray(), Math.max(FrameLevels.DIGITAL_SILENCE, threshold));
    }

    /** Returns the mean of the windows up to the last that overlap a segment and have scores, each weighted by its overlap. */
    private Optional<Probabilities> meanOfWindows(long from, long to, int last) {
        WeightedMean mean = new WeightedMean();
        // All windows begin a hop apart, except the last, which may begin less than a hop after the one before it.
        int first = (int) Math.max(0, (from - window) / hop);
        for (int i = first; i <= last && starts.get(i) < to; i++) {
            long start = starts.get(i);
            if (probabilities.get(i) != null) {
                mean.add(probabilities.get(i), (double) Math.min(to, start + window) - Math.max(from, start));
            }
        }
        return mean.probabilities();
    }

    private Optional<float[]> meanEmbedding() {
        if (embedding.length == 0) {
            return Optional.empty();
        }
        float[] mean = new float[embedding.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (embedding[i] / scored);
        }
        return Optional.of(mean);
    }

    private long samples(double seconds) {
        return Math.round(seconds * sampleRate);
    }

    private double seconds(long samples) {
        return (double) samples / sampleRate;
    }

    /** Accepts windows. */
    public interface WindowConsumer {
        /** Accepts a window of samples {@code [time]}; windows are counted from 0. */
        void accept(int index, float[] samples);
    }
}
