package org.speechemotion.spark.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.speechemotion.model.EmotionNetwork;
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
    private final DistributedInference inference;

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
        inference = new DistributedInference(context, frames, settings.batchSize(), timeMultiple);
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
                    table, inference.frames(), augmentation, targets, adversary, timeMultiple, settings.seed(), keys);
            network.fitPaths(context.parallelize(keys, rounds.parts(keys.size())), loader);
            RoundHook.ordered(steps.value())
                    .forEach(step -> Divergence.requireFinite(
                            epoch, step.iteration() - first, step.learningRate(), step.loss(), step.gradientNorm()));
            done.addAll(steps.value());
            iteration += rounds.steps(keys.size());
        }
        Divergence.requireFinite(epoch, done.get(done.size() - 1).learningRate(), network());
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
        inference.poolingStatistics(network(), first).ifPresent(statistics -> statistics.writeTo(network()));
    }

    @Override
    public List<Prediction> predict(List<Example> examples) {
        return predictAll(List.of(examples)).get(0);
    }

    @Override
    public List<List<Prediction>> predictAll(List<List<Example>> lists) {
        return inference.predict(network(), lists);
    }

    @Override
    public ComputationGraph network() {
        return network.getNetwork();
    }
}
