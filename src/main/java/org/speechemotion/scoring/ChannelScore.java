package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.speechemotion.acoustics.FrameLevels;
import org.speechemotion.metrics.Probabilities;

/** A channel that is being scored. Samples arrive while it is read, and scores of its windows when a batch is full. */
final class ChannelScore {
    private final RecordingSettings settings;
    private final int sampleRate;
    private final int window;
    private final int hop;
    private final FrameLevels levels;
    private final SlidingWindows windows;
    private final List<Long> starts = new ArrayList<>();
    private final List<float[]> probabilities = new ArrayList<>();
    private double[] embedding = new double[0];

    /**
     * Begins a channel.
     *
     * @param consumer accepts each window, whose score must be given to {@link #predicted} before {@link #timeline} is called
     */
    ChannelScore(RecordingSettings settings, int sampleRate, WindowConsumer consumer) {
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
    void accept(float[] samples, int count) {
        levels.accept(samples, count);
        windows.accept(samples, count);
    }

    /** Ends the channel. */
    void finish() {
        levels.finish();
        windows.finish();
    }

    /** The duration of the channel, in s. */
    double seconds() {
        return seconds(windows.length());
    }

    /** Accepts the score of a window. */
    void predicted(int index, ClipScore score) {
        probabilities.set(index, score.probabilities().values());
        score.embedding().ifPresent(mean -> {
            embedding = embedding.length == 0 ? new double[mean.length] : embedding;
            for (int i = 0; i < mean.length; i++) {
                embedding[i] += mean[i];
            }
        });
    }

    /** The timeline, once every window has its score. */
    Timeline timeline() {
        long length = windows.length();
        SpeechMap map = length <= window
                ? SpeechMap.ofOne(levels, (int) length)
                : SpeechMap.of(levels, length, hop, settings.silenceDecibels());
        List<float[]> means = new ArrayList<>();
        for (int i = 0; i < map.segments(); i++) {
            means.add(map.speech(i) ? meanOfWindows(map.start(i), map.end(i)) : null);
        }
        long smoothing = samples(settings.smoothingSeconds());
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < map.segments(); i++) {
            long start = map.start(i);
            long end = map.end(i);
            long margin = Math.max(0, smoothing - (end - start)) / 2;
            Optional<Probabilities> smoothed =
                    map.speech(i) ? mean(map, means, start - margin, end + margin) : Optional.empty();
            segments.add(new Segment(seconds(start), seconds(end), smoothed));
        }
        Timeline.Summary summary = new Timeline.Summary(seconds(map.speech()), mean(map, means, 0, length));
        return new Timeline(summary, segments, meanEmbedding());
    }

    /** The mean of the windows that overlap a segment, each weighted by its overlap. */
    private float[] meanOfWindows(long from, long to) {
        WeightedMean mean = new WeightedMean();
        // All windows begin a hop apart, except the last, which may begin less than a hop after the one before it.
        int first = (int) Math.max(0, (from - window) / hop);
        for (int i = first; i < starts.size() && starts.get(i) < to; i++) {
            long start = starts.get(i);
            mean.add(probabilities.get(i), (double) Math.min(to, start + window) - Math.max(from, start));
        }
        return mean.values().orElseThrow();
    }

    /** The mean of the segments of speech between two samples, each weighted by its overlap with that range. */
    private static Optional<Probabilities> mean(SpeechMap map, List<float[]> means, long from, long to) {
        WeightedMean mean = new WeightedMean();
        for (int i = map.segmentAt(from); i < map.segments() && map.start(i) < to; i++) {
            if (map.speech(i)) {
                mean.add(means.get(i), (double) Math.min(to, map.end(i)) - Math.max(from, map.start(i)));
            }
        }
        return mean.values().map(Probabilities::new);
    }

    private Optional<float[]> meanEmbedding() {
        if (embedding.length == 0) {
            return Optional.empty();
        }
        float[] mean = new float[embedding.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (embedding[i] / starts.size());
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
    interface WindowConsumer {
        /** Accepts a window of samples; windows are counted from 0. */
        void accept(int index, float[] samples);
    }
}
