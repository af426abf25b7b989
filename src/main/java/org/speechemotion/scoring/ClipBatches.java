package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.model.EmotionModel;

/**
 * Encodes clips in batches of similar length, so that little is padded, and computes results from their frames. Not
 * thread-safe.
 *
 * @param <R> the type of a clip's result
 */
public final class ClipBatches<R> {
    /** The number of batches whose clips are collected before they are sorted by length. */
    static final int MAX_BATCHES = 4;
    /** The rejection of a clip for which the model computes NaN or infinity. */
    public static final Rejection NOT_FINITE =
            RejectionReason.NOT_FINITE.rejection("the model's result is not finite: some numbers are NaN or infinite");
    /** The maximum audio that is held for that, in s. */
    static final double MAX_SECONDS = 600;
    /** The maximum number of frames of a batch, with its padding: a batch of long clips has fewer clips. */
    private static final int MAX_BATCH_FRAMES = 60_000;

    private final Encoder encoder;
    private final int batchSize;
    private final Function<List<float[]>, List<R>> compute;
    private final Predicate<R> finite;

    /**
     * Creates the batches.
     *
     * @param batchSize the maximum number of clips that are encoded together
     * @param then computes one result from each clip's frames, a batch at a time
     * @param finite tells whether all numbers of a result are finite; a clip with any other result is rejected
     */
    public ClipBatches(Encoder encoder, int batchSize, Function<List<Frames>, List<R>> then, Predicate<R> finite) {
        this(finite, encoder, batchSize, clips -> then.apply(encoder.encode(clips)));
    }

    private ClipBatches(Predicate<R> finite, Encoder encoder, int batchSize, Function<List<float[]>, List<R>> compute) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch-size is " + batchSize + "; allowed: 1 or more");
        }
        this.encoder = encoder;
        this.batchSize = batchSize;
        this.compute = compute;
        this.finite = finite;
    }

    /**
     * Scores clips by a model.
     *
     * @param withEmbeddings whether scores have an embedding
     */
    public static ClipBatches<ClipScore> predicting(
            Encoder encoder, EmotionModel model, int batchSize, boolean withEmbeddings) {
        return predicting(encoder, model, batchSize, withEmbeddings, SpeedViews.NONE);
    }

    /** Scores views of clips by a model; see {@link #predicting(Encoder, EmotionModel, int, boolean)}. */
    public static ClipBatches<ClipScore> predicting(
            Encoder encoder, EmotionModel model, int batchSize, boolean withEmbeddings, SpeedViews views) {
        Function<List<float[]>, List<ClipScore>> one = clips -> scores(model, encoder.encode(clips), withEmbeddings);
        return new ClipBatches<>(
                ClipScore::isFinite, encoder, batchSize, clips -> views.score(clips, encoder.sampleRate(), one));
    }

    /** Accepts a result whose numbers are all finite, and rejects any other. */
    Result<R> checked(R result) {
        return finite.test(result) ? Result.accepted(result) : Result.rejected(NOT_FINITE);
    }

    /** Returns whether all values are finite. */
    public static boolean areFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number of clips in {@value #MAX_BATCHES} full batches. */
    long clips() {
        return (long) MAX_BATCHES * batchSize;
    }

    /** Computes one result for each clip {@code [time]}, in the order of the clips. */
    public List<R> run(List<float[]> clips) {
        List<Integer> byLength = IntStream.range(0, clips.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> clips.get(i).length))
                .toList();
        List<R> results = new ArrayList<>(Collections.nCopies(clips.size(), null));
        int start = 0;
        while (start < byLength.size()) {
            int end = start + 1;
            while (end < byLength.size()
                    && end - start < batchSize
                    && (end + 1 - start) * (long) encoder.maxFrames(clips.get(byLength.get(end)).length)
                            <= MAX_BATCH_FRAMES) {
                end++;
            }
            List<Integer> batch = byLength.subList(start, end);
            List<R> made = compute.apply(batch.stream().map(clips::get).toList());
            for (int i = 0; i < batch.size(); i++) {
                results.set(batch.get(i), made.get(i));
            }
            start = end;
        }
        return results;
    }

    private static List<ClipScore> scores(EmotionModel model, List<Frames> frames, boolean withEmbeddings) {
        List<float[]> probabilities = model.probabilities(frames);
        List<float[]> embeddings = withEmbeddings ? model.embeddings(frames) : List.of();
        List<ClipScore> scores = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            scores.add(new ClipScore(
                    new Probabilities(model.emotions(), probabilities.get(i)),
                    withEmbeddings ? Optional.of(embeddings.get(i)) : Optional.empty()));
        }
        return scores;
    }
}
