package org.speechemotion.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.metrics.Temperature;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.NonFiniteException;
import org.speechemotion.model.PopulationStatistics;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.train.AdversaryTargets;
import org.speechemotion.train.AveragingRounds;
import org.speechemotion.train.BatchKey;
import org.speechemotion.train.Divergence;
import org.speechemotion.train.Example;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.Targets;
import org.speechemotion.train.Trainer;
import org.speechemotion.train.TrainingSettings;

/**
 * Trains by DL4J's synchronous parameter averaging: each worker takes {@code averaging-frequency} steps from the same
 * parameters, then parameters and updater state are averaged. This equals training on one large batch with SGD, a frequency
 * of 1 and equal shards, but not with Adam.
 *
 * <p>A call of {@code fitPaths} is one such round over keys that are already assigned to the workers. DL4J neither splits nor
 * shuffles them, so the plan alone decides which worker trains on which batch.
 */
public final class ParameterAveraging implements Trainer {
    /** The number of clips from which the statistics of the normalisation are computed. */
    private static final int POPULATION_CLIPS = 256;

    private final JavaSparkContext context;
    /** A broadcast, because a source has a Hadoop configuration, which takes long to send with each of the jobs of an epoch. */
    private final Broadcast<FrameSource> frames;

    private final FrameAugmentation augmentation;
    private final TrainingSettings settings;
    private final int timeMultiple;
    private final AveragingRounds rounds;
    private final Broadcast<List<Example>> table;
    private final CollectionAccumulator<RoundHook.Step> steps;
    private final RoundHook hook;
    private final SparkComputationGraph network;

    /**
     * Prepares the training of a network.
     *
     * @param network the network with its parameters and, if it was trained before, the state of its updater; it has an adversary if
     *     the settings have one
     * @param augmentation the augmentation of the training batches
     * @param settings the settings; they must have at least one worker
     * @param training the training clips, to which batch keys refer by position
     * @param timeMultiple the number of frames of which the length of a batch must be a multiple
     */
    public ParameterAveraging(
            JavaSparkContext context,
            ComputationGraph network,
            FrameSource frames,
            FrameAugmentation augmentation,
            TrainingSettings settings,
            List<Example> training,
            int timeMultiple) {
        this.context = context;
        this.frames = context.broadcast(frames);
        this.augmentation = augmentation;
        this.settings = settings;
        this.timeMultiple = timeMultiple;
        int batchSize = Math.min(settings.batchSize(), training.size());
        rounds = rounds(settings, (training.size() + batchSize - 1) / batchSize);
        table = context.broadcast(new ArrayList<>(training));
        steps = context.sc().collectionAccumulator("steps");
        ParameterAveragingTrainingMaster.Builder averaging = new ParameterAveragingTrainingMaster.Builder(
                        rounds.workers(), batchSize)
                .batchSizePerWorker(batchSize)
                // The documentation calls this the default, but without it Adam starts again in every round.
                .saveUpdater(true)
                .averagingFrequency(rounds.averagingFrequency())
                .workerPrefetchNumBatches(0)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .repartionData(Repartition.Never)
                .storageLevelStreams(null)
                .rngSeed(settings.seed());
        AveragingMaster master = new AveragingMaster(averaging);
        hook = new RoundHook(steps, settings.optimizer().clipNorm());
        master.addHook(hook);
        this.network = new SparkComputationGraph(context, network, master);
    }

    /** A single worker has nothing to average, so that an epoch is one round, which saves the jobs of the others. */
    private static AveragingRounds rounds(TrainingSettings settings, int batches) {
        return new AveragingRounds(
                settings.workers(), settings.workers() == 1 ? batches : settings.averagingFrequency());
    }

    /**
     * Returns the number of cores of each worker, if the cluster has more cores than workers. They help to make batches, which
     * takes about as long as training on them if the network is small.
     */
    static int coresOfAWorker(JavaSparkContext context, TrainingSettings settings) {
        int executors = context.isLocal()
                ? 1
                : Math.max(1, context.sc().getExecutorMemoryStatus().size() - 1);
        int cores = context.isLocal()
                ? context.defaultParallelism()
                : context.getConf().getInt("spark.executor.cores", 1);
        int workersOfAnExecutor = (settings.workers() + executors - 1) / executors;
        return Math.max(1, cores / workersOfAnExecutor);
    }

    @Override
    public Pass fit(List<BatchKey> batches) {
        Targets targets = settings.loss().targets();
        AdversaryTargets adversary = settings.adversary().targets(table.value());
        int epoch = batches.get(0).epoch();
        // Every epoch has the same number of steps, so the epoch decides the position in the schedule, also of a
        // resumed run.
        int first = epoch * rounds.steps(batches.size());
        int iteration = first;
        List<RoundHook.Step> done = new ArrayList<>();
        for (List<BatchKey> round : rounds.of(batches)) {
            List<String> keys = round.stream().map(BatchKey::encode).toList();
            hook.startRound(iteration, epoch);
            steps.reset();
            BatchLoader loader = new BatchLoader(
                    table, frames, augmentation, targets, adversary, timeMultiple, settings.seed(), keys);
            network.fitPaths(context.parallelize(keys, rounds.parts(keys.size())), loader);
            RoundHook.ordered(steps.value())
                    .forEach(step -> Divergence.requireFinite(
                            epoch, step.iteration() - first, step.learningRate(), step.loss(), step.gradientNorm()));
            done.addAll(steps.value());
            iteration += rounds.steps(keys.size());
        }
        Divergence.requireFinite(epoch, done.get(done.size() - 1).learningRate(), network());
        // Normalise after the last step of the epoch, before anything predicts with the network.
        normalize();
        return RoundHook.pass(done);
    }

    /** Sets the statistics of the normalisation to those of the population; see {@link PopulationStatistics}. */
    @Override
    public void normalize() {
        if (!EmotionNetwork.isNormalized(network())) {
            return;
        }
        List<Example> sample = new ArrayList<>(table.value());
        new KeyedRandom(settings.seed(), "population").shuffle(sample);
        List<Example> first = sample.subList(0, Math.min(POPULATION_CLIPS, sample.size()));
        onModel(
                        context,
                        network(),
                        frames,
                        settings.batchSize(),
                        List.of(first),
                        timeMultiple,
                        EmotionModel::poolingStatistics)
                .get(0)
                .stream()
                .reduce(PopulationStatistics::merge)
                .ifPresent(statistics -> statistics.writeTo(network()));
    }

    @Override
    public List<Prediction> predict(List<Example> examples) {
        return predictAll(List.of(examples)).get(0);
    }

    @Override
    public List<List<Prediction>> predictAll(List<List<Example>> lists) {
        return predict(context, network(), frames, settings.batchSize(), lists, timeMultiple);
    }

    @Override
    public ComputationGraph network() {
        return network.getNetwork();
    }

    /**
     * Predicts examples with any network, distributed, in an order that depends on the examples alone.
     *
     * @param examples whose emotions are of the set that the network distinguishes
     */
    public static List<Prediction> predict(
            JavaSparkContext context,
            ComputationGraph network,
            FrameSource frames,
            int batchSize,
            List<Example> examples,
            int timeMultiple) {
        return withBroadcast(
                context, frames, source -> predict(context, network, source, batchSize, List.of(examples), timeMultiple)
                        .get(0));
    }

    private static List<List<Prediction>> predict(
            JavaSparkContext context,
            ComputationGraph network,
            Broadcast<FrameSource> frames,
            int batchSize,
            List<List<Example>> lists,
            int timeMultiple) {
        List<List<Example>> byLength = lists.stream()
                .map(list -> list.stream()
                        .sorted(Comparator.comparingDouble(Example::seconds).thenComparing(Example::contentSha256))
                        .toList())
                .toList();
        List<List<List<float[]>>> probabilities =
                onModel(context, network, frames, batchSize, byLength, timeMultiple, EmotionModel::probabilities);
        return IntStream.range(0, lists.size())
                .mapToObj(list -> predictions(byLength.get(list), flat(probabilities.get(list))))
                .toList();
    }

    private static List<Prediction> predictions(List<Example> examples, List<float[]> probabilities) {
        return IntStream.range(0, examples.size())
                .mapToObj(i -> prediction(examples.get(i), probabilities.get(i)))
                .toList();
    }

    private static <T> List<T> flat(List<List<T>> lists) {
        return lists.stream().flatMap(List::stream).toList();
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

    /**
     * Computes the vectors that a network pools for clips, distributed.
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
        return flat(withBroadcast(context, frames, source -> onModel(
                        context, network, source, batchSize, List.of(examples), timeMultiple, EmotionModel::embeddings)
                .get(0)));
    }

    private static <R> R withBroadcast(
            JavaSparkContext context, FrameSource frames, Function<Broadcast<FrameSource>, R> function) {
        Broadcast<FrameSource> source = context.broadcast(frames);
        try {
            return function.apply(source);
        } finally {
            source.destroy();
        }
    }

    /** A function of a model and frames that runs on executors. */
    private interface OnFrames<R> extends BiFunction<EmotionModel, List<Frames>, R>, Serializable {}

    /** A batch of one of the lists of examples, or its result. */
    private record OfList<T>(int list, T value) implements Serializable {}

    /**
     * Applies a function to batches of examples, distributed. A batch has examples of one list only.
     *
     * @return the results of the batches of each list, in the order of their examples
     */
    private static <R> List<List<R>> onModel(
            JavaSparkContext context,
            ComputationGraph network,
            Broadcast<FrameSource> frames,
            int batchSize,
            List<List<Example>> lists,
            int timeMultiple,
            OnFrames<R> function) {
        List<List<R>> results =
                lists.stream().map(list -> (List<R>) new ArrayList<R>()).toList();
        Optional<Example> any = lists.stream().flatMap(List::stream).findFirst();
        if (any.isEmpty()) {
            return results;
        }
        EmotionSet emotions = any.get().emotion().set();
        List<List<OfList<List<Example>>>> parts = parts(lists, context.defaultParallelism(), batchSize);
        Broadcast<NetworkBytes> weights = context.broadcast(NetworkBytes.of(network));
        try {
            context.parallelize(parts, parts.size())
                    .flatMap(part -> {
                        EmotionModel model = new EmotionModel(
                                weights.value().open(), timeMultiple, Calibrator.of(Temperature.NEUTRAL), emotions);
                        List<OfList<R>> ofPart = new ArrayList<>();
                        for (OfList<List<Example>> batch : part) {
                            List<Frames> clean = frames.value().clean(batch.value());
                            ofPart.add(new OfList<>(batch.list(), function.apply(model, clean)));
                        }
                        return ofPart.iterator();
                    })
                    .collect()
                    .forEach(result -> results.get(result.list()).add(result.value()));
            return results;
        } finally {
            weights.destroy();
        }
    }

    /** Divides each list evenly among the tasks of a job, and what a task has of it into batches. */
    private static List<List<OfList<List<Example>>>> parts(List<List<Example>> lists, int tasks, int batchSize) {
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
}
