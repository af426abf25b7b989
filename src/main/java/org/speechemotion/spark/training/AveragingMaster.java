package org.speechemotion.spark.training;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementAddFunction;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementCombineFunction;

/**
 * DL4J's parameter averaging, except that parameters and updater state go to the workers and back as {@link SentArray}. DL4J
 * serialises each value by itself, which takes a tenth of an epoch of the default network. It collects no statistics.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {

    AveragingMaster(Builder builder) {
        super(builder);
    }

    /** A network as it is broadcast. */
    private static final class Network extends NetBroadcastTuple {
        private static final long serialVersionUID = 1L;

        Network(ComputationGraph network) {
            super(
                    network.getConfiguration(),
                    network.params(),
                    network.getUpdater().getStateViewArray());
        }

        private Object writeReplace() {
            return new SentNetwork(
                    getGraphConfiguration(), SentArray.of(getParameters()), SentArray.of(getUpdaterState()));
        }
    }

    private record SentNetwork(ComputationGraphConfiguration configuration, SentArray parameters, SentArray state)
            implements Serializable {
        private Object readResolve() {
            return new NetBroadcastTuple(configuration, SentArray.array(parameters), SentArray.array(state));
        }
    }

    /** The sum of the results of some workers, none of which has a result if it is empty. */
    private record Sum(SentArray parameters, SentArray state, double score, int count) implements Serializable {
        static final Sum EMPTY = new Sum(null, null, 0, 0);

        static Sum of(ParameterAveragingAggregationTuple tuple) {
            return tuple == null || tuple.getParametersSum() == null
                    ? EMPTY
                    : new Sum(
                            SentArray.of(tuple.getParametersSum()),
                            SentArray.of(tuple.getUpdaterStateSum()),
                            tuple.getScoreSum(),
                            tuple.getAggregationsCount());
        }

        ParameterAveragingAggregationTuple tuple() {
            return count == 0
                    ? null
                    : ParameterAveragingAggregationTuple.builder()
                            .parametersSum(SentArray.array(parameters))
                            .updaterStateSum(SentArray.array(state))
                            .scoreSum(score)
                            .aggregationsCount(count)
                            .build();
        }

        Sum plus(ParameterAveragingTrainingResult result) throws Exception {
            return of(new ParameterAveragingElementAddFunction().call(tuple(), result));
        }

        Sum plus(Sum other) throws Exception {
            return of(new ParameterAveragingElementCombineFunction().call(tuple(), other.tuple()));
        }
    }

    @Override
    public ParameterAveragingTrainingWorker getWorkerInstance(SparkComputationGraph graph) {
        Broadcast<NetBroadcastTuple> network = graph.getSparkContext().broadcast(new Network(graph.getNetwork()));
        WorkerConfiguration configuration = new WorkerConfiguration(
                true, rddDataSetNumExamples, batchSizePerWorker, averagingFrequency, prefetchNumBatches, false);
        return new ParameterAveragingTrainingWorker(
                network, saveUpdater, configuration, trainingHookList, listeners, getRouterProvider());
    }

    @Override
    protected void processResults(
            SparkDl4jMultiLayer none,
            SparkComputationGraph graph,
            JavaRDD<ParameterAveragingTrainingResult> results,
            int split,
            int splits) {
        Sum sum = results.treeAggregate(Sum.EMPTY, Sum::plus, Sum::plus, aggregationDepth);
        if (sum.count() == 0) {
            return;
        }
        graph.getNetwork().setParams(SentArray.array(sum.parameters()).divi(sum.count()));
        if (sum.state() != null) {
            graph.getNetwork()
                    .getUpdater()
                    .setStateViewArray(SentArray.array(sum.state()).divi(sum.count()));
        }
        graph.setScore(sum.score() / sum.count());
        ComputationGraphConfiguration configuration = graph.getNetwork().getConfiguration();
        configuration.setIterationCount(configuration.getIterationCount() + averagingFrequency);
    }
}
