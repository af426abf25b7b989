package org.speechemotion.diarization;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the turns of the speakers of a channel, whose samples arrive piece by piece. Speech is cut into pieces of about
 * {@value #PIECE_FRAMES} frames of 10 ms. The loud frames of a piece have mean cepstra, which are {@linkplain Whitening scaled} and
 * clustered by the cosine of their differences from the mean of the channel. A channel longer than {@value #MAX_MINUTES} minutes has no turns. It is not thread-safe.
 */
public final class Diarizer {
    private static final int MAX_MINUTES = 120;
    private static final int PIECE_FRAMES = 150;

    /** Shorter pieces say too little about a voice to be clustered; they belong to the speaker before them. */
    private static final int MIN_PIECE_FRAMES = 30;
    /** Frames that are farther below the loudest of their piece, in dB, are consonants and noise. */
    private static final float LOUD_DECIBELS = 15;

    private final int speakers;
    private final long maxSamples;
    private final Cepstra cepstra;
    private long samples;

    /** Frames from {@code start} to {@code end}, exclusive. */
    public record Interval(int start, int end) {}

    /** A piece of speech. The mean of its loud frames and the difference between those of its halves have a value for each coefficient. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(Interval interval, double[] mean, double[] difference) {}

    /**
     * Begins a channel.
     *
     * @param sampleRate the sample rate in Hz
     * @param speakers the number of speakers, from 1
     */
    public Diarizer(int sampleRate, int speakers) {
        this(sampleRate, speakers, MAX_MINUTES);
    }

    Diarizer(int sampleRate, int speakers, int maxMinutes) {
        this.speakers = speakers;
        maxSamples = maxMinutes * 60L * sampleRate;
        cepstra = new Cepstra(sampleRate);
    }

    /** Takes the next {@code count} samples. */
    public void accept(float[] more, int count) {
        samples += count;
        if (samples <= maxSamples) {
            cepstra.accept(more, count);
        }
    }

    /**
     * Returns the turns, in order, at the end of the channel. Fewer speakers are found if there are fewer pieces of speech.
     *
     * @param levels the levels of the frames of 10 ms, in dB
     * @param speech the frames in which somebody speaks, in order
     */
    public List<Turn> turns(float[] levels, List<Interval> speech) {
        if (samples > maxSamples) {
            return List.of();
        }
        List<float[]> frames = cepstra.finish();
        List<Piece> pieces = new ArrayList<>();
        for (Interval interval : speech) {
            int length = Math.min(interval.end, Math.min(levels.length, frames.size())) - interval.start;
            int count = Math.max(1, Math.round((float) length / PIECE_FRAMES));
            for (int i = 0; i < count; i++) {
                Interval part = new Interval(
                        interval.start + (int) ((long) length * i / count),
                        interval.start + (int) ((long) length * (i + 1) / count));
                if (part.end - part.start >= MIN_PIECE_FRAMES) {
                    pieces.add(piece(part, levels, frames));
                }
            }
        }
        return pieces.isEmpty() ? List.of() : turns(pieces, speech);
    }

    private static Piece piece(Interval interval, float[] levels, List<float[]> frames) {
        float loudest = Float.NEGATIVE_INFINITY;
        for (int t = interval.start; t < interval.end; t++) {
            loudest = Math.max(loudest, levels[t]);
        }
        List<float[]> loud = new ArrayList<>();
        for (int t = interval.start; t < interval.end; t++) {
            if (levels[t] >= loudest - LOUD_DECIBELS) {
                loud.add(frames.get(t));
            }
        }
        double[] first = mean(loud.subList(0, (loud.size() + 1) / 2));
        double[] second = mean(loud.subList(loud.size() / 2, loud.size()));
        return new Piece(interval, mean(loud), difference(first, second));
    }

    private static double[] difference(double[] one, double[] other) {
        double[] difference = new double[one.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = one[i] - other[i];
        }
        return difference;
    }

    private static double[] mean(List<float[]> frames) {
        double[] mean = new double[Cepstra.WIDTH];
        for (float[] frame : frames) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += frame[i] / frames.size();
            }
        }
        return mean;
    }

    /** A piece that was too short to be clustered is found again between its neighbours in the interval of speech. */
    private List<Turn> turns(List<Piece> pieces, List<Interval> speech) {
        Whitening whitening =
                new Whitening(pieces.stream().map(Piece::difference).toList());
        double[] centre = new double[Cepstra.WIDTH];
        pieces.forEach(piece -> {
            for (int i = 0; i < centre.length; i++) {
                centre[i] += piece.mean[i] / pieces.size();
            }
        });
        int[] clusters = SpeakerClusters.of(
                pieces.stream()
                        .map(piece -> whitening.of(difference(piece.mean, centre)))
                        .toArray(double[][]::new),
                speakers);
        List<Turn> turns = new ArrayList<>();
        int next = 0;
        int speaker = 1;
        for (Interval interval : speech) {
            int start = interval.start;
            while (next < pieces.size() && pieces.get(next).interval.end <= interval.end) {
                int other = clusters[next] + 1;
                if (other != speaker && pieces.get(next).interval.start > start) {
                    turns.add(new Turn(speaker, start, pieces.get(next).interval.start));
                    start = pieces.get(next).interval.start;
                }
                speaker = other;
                next++;
            }
            turns.add(new Turn(speaker, start, interval.end));
        }
        return turns;
    }
}
