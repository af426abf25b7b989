package org.speechemotion.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.metrics.Temperature;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.NonFiniteException;
import org.speechemotion.model.PopulationStatistics;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.train.Example;
import org.speechemotion.train.Trainer.Prediction;

/** Applies networks to clips, a job for each call. Results depend on the examples alone and are in their order. */
final class DistributedInference implements AutoCloseable {
    private final JavaSparkContext context;
    /** A broadcast, because a source has a Hadoop configuration, which takes long to send with each of many jobs. */
    private final Broadcast<FrameSource> frames;

    private final int batchSize;
    private final int timeMultiple;

    /** @param timeMultiple the number of frames of which the length of a batch must be a multiple */
    DistributedInference(JavaSparkContext context, FrameSource frames, int batchSize, int timeMultiple) {
        this.context = context;
        this.frames = context.broadcast(frames);
        this.batchSize = batchSize;
        this.timeMultiple = timeMultiple;
    }

    Broadcast<FrameSource> frames() {
        return frames;
    }

    /**
     * Predicts lists of examples, whose emotions are of the set that the network distinguishes.
     *
     * @return the predictions of each list, by the length of the clips
     * @throws NonFiniteException if a probability is NaN or infinite
     */
    List<List<Prediction>> predict(ComputationGraph network, List<List<Example>> lists) {
        List<List<Example>> byLength = lists.stream()
                .map(list -> list.stream()
                        .sorted(Comparator.comparingDouble(Example::seconds).thenComparing(Example::contentSha256))
                        .toList())
                .toList();
        List<List<List<float[]>>> probabilities = onModel(network, byLength, EmotionModel::probabilities);
        return IntStream.range(0, lists.size())
                .mapToObj(list -> predictions(byLength.get(list), flat(probabilities.get(list))))
                .toList();
    }

    /** Predicts examples with a network; see {@link #predict(ComputationGraph, List)}. */
    static List<Prediction> predict(
            JavaSparkContext context,
            ComputationGraph network,
            FrameSource frames,
            int batchSize,
            List<Example> examples,
            int timeMultiple) {
        try (DistributedInference inference = new DistributedInference(context, frames, batchSize, timeMultiple)) {
            return inference.predict(network, List.of(examples)).get(0);
        }
    }

    /**
     * Computes the vectors that a network pools for clips.
     *
     * @return a vector for each example, in their order; see {@link EmotionModel#embeddings}
     */
    static List<float[]> embeddings(
            JavaSparkContext context,
            ComputationGraph network,
            FrameSource frames,
            int batchSize,
            List<Example> examples,
            int timeMultiple) {
        try (DistributedInference inference = new DistributedInference(context, frames, batchSize, timeMultiple)) {
            return flat(inference
                    .onModel(network, List.of(examples), EmotionModel::embeddings)
                    .get(0));
        }
    }

    /** Computes the statistics of the outputs of the poolings; empty without examples. */
    Optional<PopulationStatistics> poolingStatistics(ComputationGraph network, List<Example> examples) {
        return onModel(network, List.of(examples), EmotionModel::poolingStatistics).get(0).stream()
                .reduce(PopulationStatistics::merge);
    }

    private static List<Prediction> predictions(List<Example> examples, List<float[]> probabilities) {
        return IntStream.range(0, examples.size())
                .mapToObj(i -> prediction(examples.get(i), probabilities.get(i)))
                .toList();
    }

    private static Prediction prediction(Example example, float[] probabilities) {
        for (float probability : probabilities) {
            if (!Float.isFinite(probability)) {
                throw new NonFiniteException("the network's probabilities for " + example.path() + " are "
                        + Arrays.toString(probabilities) + ": the network has diverged");
            }
        }
        return new Prediction(example, new Probabilities(example.emotion().set(), probabilities));
    }

    private static <T> List<T> flat(List<List<T>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }

    /** A function of a model and frames that runs on executors. */
    private interface OnFrames<R> extends BiFunction<EmotionModel, List<Frames>, R>, Serializable {}

    /** A batch of one of the lists of examples, or its result. */
    private record OfList<T>(int list, T value) implements Serializable {}

    /**
     * Applies a function to batches of examples. A batch has examples of one list only.
     *
     * @return the results of the batches of each list, in the order of their examples
     */
    private <R> List<List<R>> onModel(ComputationGraph network, List<List<Example>> lists, OnFrames<R> function) {
        List<List<R>> results =
                lists.stream().map(list -> (List<R>) new ArrayList<R>()).toList();
        Optional<Example> any = lists.stream().flatMap(List::stream).findFirst();
        if (any.isEmpty()) {
            return results;
        }
        List<List<OfList<List<Example>>>> parts = parts(lists, context.defaultParallelism());
        Broadcast<NetworkBytes> weights = context.broadcast(NetworkBytes.of(network));
        try {
            apply(parts, weights, any.get().emotion().set(), function)
                    .forEach(result -> results.get(result.list()).add(result.value()));
            return results;
        } finally {
            weights.destroy();
        }
    }

    private <R> List<OfList<R>> apply(
            List<List<OfList<List<Example>>>> parts,
            Broadcast<NetworkBytes> weights,
            EmotionSet emotions,
            OnFrames<R> function) {
        Broadcast<FrameSource> source = frames;
        int multiple = timeMultiple;
        return context.parallelize(parts, parts.size())
                .flatMap(part -> {
                    EmotionModel model = new EmotionModel(
                            weights.value().open(), multiple, Calibrator.of(Temperature.NEUTRAL), emotions);
                    List<OfList<R>> results = new ArrayList<>();
                    for (OfList<List<Example>> batch : part) {
                        List<Frames> clean = source.value().clean(batch.value());
                        results.add(new OfList<>(batch.list(), function.apply(model, clean)));
                    }
                    return results.iterator();
                })
                .collect();
    }

    /** Divides each list evenly among the tasks of a job, and what a task has of it into batches. */
    private List<List<OfList<List<Example>>>> parts(List<List<Example>> lists, int tasks) {
        List<List<OfList<List<Example>>>> parts = new ArrayList<>();
        for (int part = 0; part < tasks; part++) {
            List<OfList<List<Example>>> batches = new ArrayList<>();
            for (int list = 0; list < lists.size(); list++) {
                List<Example> examples = lists.get(list);
                int end = (int) ((part + 1L) * examples.size() / tasks);
                for (int from = (int) ((long) part * examples.size() / tasks); from < end; from += batchSize) {
                    int to = Math.min(end, from + batchSize);
                    batches.add(new OfList<>(list, List.copyOf(examples.subList(from, to))));
                }
            }
            if (!batches.isEmpty()) {
                parts.add(batches);
            }
        }
        return parts;
    }

    @Override
    public void close() {
        frames.destroy();
    }
}
