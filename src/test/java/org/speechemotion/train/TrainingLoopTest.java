package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.speechemotion.model.NonFiniteException;
import org.speechemotion.model.TinyNetwork;
import org.speechemotion.train.TrainingLoop.Listener;
import org.speechemotion.train.TrainingLoop.Start;
import org.speechemotion.train.TrainingLoop.TrainedNetwork;

class TrainingLoopTest {
    private static final List<Example> TRAINING = Examples.of(48);

    private static final List<Example> VALIDATION = Examples.of(16);

    private final List<EpochReport> reports = new ArrayList<>();

    private final TrainingLoop.ParameterHistory memory = epoch -> {
        throw new AssertionError("asked for epoch " + epoch);
    };

    @Test
    void keepsTheBestEpoch() {
        FakeTrainer trainer = new FakeTrainer(4, 12, 8);
        TrainedNetwork outcome = run(trainer, VALIDATION);
        assertThat(outcome.epoch()).isEqualTo(2);
        assertThat(mark(outcome.network())).isEqualTo(2);
        assertThat(outcome.validation()).hasSize(16);
        assertThat(outcome.validation().stream()
                        .filter(prediction ->
                                prediction.label() == prediction.example().label()))
                .hasSize(12);
        assertThat(reports.stream().map(EpochReport::best)).containsExactly(true, true, false);
        assertThat(mark(trainer.network())).isEqualTo(3);
    }

    @Test
    void tiesKeepTheFirstEpoch() {
        assertThat(run(new FakeTrainer(4, 8, 8, 8), VALIDATION).epoch()).isEqualTo(2);
        assertThat(reports.stream().map(EpochReport::best)).containsExactly(true, true, false, false);
    }

    @Test
    void aSingleEpochIsTheBest() {
        assertThat(run(new FakeTrainer(0), VALIDATION).epoch()).isEqualTo(1);
    }

    @Test
    void theBestEpochIsSelectedByRecall() {
        // The first epoch is right about half of many neutral clips, the second about the only calm one.
        List<Example> unequal = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            unequal.add(ExampleBuilder.clip("neutral-" + i).build());
        }
        unequal.add(ExampleBuilder.clip("calm").label(1).build());
        FakeTrainer trainer = new FakeTrainer(0, 0) {
            @Override
            boolean right(int epoch, int i) {
                return epoch == 1 ? i < 3 : i == 6;
            }
        };
        TrainedNetwork outcome = run(trainer, unequal);
        // Recall 3/6 and 0/1, then 0/6 and 1/1.
        assertThat(reports.get(0).validation().unweightedAverageRecall()).isEqualTo(0.25);
        assertThat(reports.get(1).validation().unweightedAverageRecall()).isEqualTo(0.5);
        assertThat(outcome.epoch()).isEqualTo(2);
    }

    @Test
    void withoutValidationClipsTheLastEpochIsKept() {
        TrainedNetwork outcome = run(new FakeTrainer(16, 8, 4), List.of());
        assertThat(outcome.epoch()).isEqualTo(3);
        assertThat(mark(outcome.network())).isEqualTo(3);
        assertThat(outcome.validation()).isEmpty();
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.validationLoss()).isNaN();
            assertThat(report.validationMatrix().total()).isZero();
        });
    }

    @Test
    void nonFiniteParametersStopTheTraining() {
        FakeTrainer trainer = new FakeTrainer(4, 4, 4) {
            @Override
            public Pass fit(List<BatchKey> batches) {
                Pass pass = super.fit(batches);
                if (batches.get(0).epoch() == 1) {
                    network().getParam("head_branch-0-hidden-weight").putScalar(0, Float.POSITIVE_INFINITY);
                }
                return pass;
            }
        };
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> run(trainer, VALIDATION))
                .withMessage("after epoch 2, at a learning rate of 0.25, 1 of the "
                        + trainer.network().numParams() + " values of the network's parameters are NaN or infinite, so"
                        + " the training stops and writes no model. Try a lower training.learning-rate,"
                        + " training.rate.warm-up-epochs, or training.optimizer.clip-norm=1");
        assertThat(reports).hasSize(1);
    }

    @Test
    void trainsOnThePlanOfEveryEpoch() {
        FakeTrainer trainer = new FakeTrainer(1, 1, 1);
        run(trainer, VALIDATION);
        assertThat(trainer.fitted)
                .containsExactly(
                        EpochPlan.of(TRAINING, 5, 0, 42),
                        EpochPlan.of(TRAINING, 5, 1, 42),
                        EpochPlan.of(TRAINING, 5, 2, 42));
    }

    @Test
    void aBatchIsNoLargerThanTheTrainingSide() {
        FakeTrainer trainer = new FakeTrainer(1);
        run(trainer, TRAINING.subList(0, 3), VALIDATION);
        assertThat(trainer.fitted.get(0)).hasSize(1);
        assertThat(trainer.fitted.get(0).get(0).examples()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void withoutTrainingClipsItIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(new FakeTrainer(1), List.of(), VALIDATION))
                .withMessage("there are no training clips");
    }

    @Test
    void listenersAreCalledForEveryEpochInOrder() {
        List<String> told = new ArrayList<>();
        List<Listener> listeners = List.of(
                (report, network) -> told.add("first " + report.epoch() + " " + mark(network)),
                (report, network) -> told.add("second " + report.epoch() + " " + mark(network)));
        FakeTrainer trainer = new FakeTrainer(2, 1);
        new TrainingLoop(settings(2), listeners, memory, trainer::nanos).run(trainer, TRAINING, VALIDATION);
        assertThat(told).containsExactly("first 1 1", "second 1 1", "first 2 2", "second 2 2");
    }

    @Test
    void reportsTheMeasurements() {
        run(new FakeTrainer(4, 8), VALIDATION);
        EpochReport report = reports.get(0);
        assertThat(report.epoch()).isEqualTo(1);
        assertThat(report.epochs()).isEqualTo(2);
        assertThat(report.learningRate()).isEqualTo(0.25);
        assertThat(report.trainLoss()).isEqualTo(0.5);
        assertThat(report.gradientNorm()).isEqualTo(2.5);
        assertThat(report.validationMatrix().total()).isEqualTo(16);
        assertThat(report.validation().accuracy()).isEqualTo(0.25);
        // As many training clips as validation clips, and of those the fake predicts 4 right again.
        assertThat(report.trainMatrix().total()).isEqualTo(16);
        assertThat(report.training().accuracy()).isEqualTo(0.25);
        // -ln 0.65 for a right clip, -ln 0.05 for a wrong one.
        assertThat(report.validationLoss()).isCloseTo((4 * -Math.log(0.65) + 12 * -Math.log(0.05)) / 16, within(1e-6));
    }

    @Test
    void speedExcludesAndRemainingTimeIncludesValidation() {
        run(new FakeTrainer(1, 1, 1), VALIDATION);
        // The fake's fit takes 2 s, each of its two predictions 0.5 s.
        assertThat(reports.stream().map(EpochReport::clipsPerSecond)).allMatch(rate -> rate == 24);
        assertThat(reports.stream().map(EpochReport::secondsLeft)).containsExactly(6.0, 3.0, 0.0);
    }

    @Test
    void patienceStopsTheTrainingWithoutImprovement() {
        FakeTrainer trainer = new FakeTrainer(4, 3, 8, 7, 8, 16);
        TrainedNetwork outcome = new TrainingLoop(settings(6, "patience-epochs=2"), List.of(), memory, trainer::nanos)
                .run(trainer, TRAINING, VALIDATION);
        assertThat(trainer.fitted).hasSize(5);
        assertThat(outcome.epoch()).isEqualTo(3);
    }

    @Test
    void withoutPatienceEveryEpochIsTrained() {
        FakeTrainer trainer = new FakeTrainer(4, 3, 2, 1, 0);
        run(trainer, VALIDATION);
        assertThat(trainer.fitted).hasSize(5);
    }

    @Test
    void withoutValidationClipsPatienceNeverEnds() {
        FakeTrainer trainer = new FakeTrainer(4, 3, 2, 1, 0);
        new TrainingLoop(settings(5, "patience-epochs=1"), List.of(), memory, trainer::nanos)
                .run(trainer, TRAINING, List.of());
        assertThat(trainer.fitted).hasSize(5);
    }

    @Test
    void resumesFromItsState() {
        FakeTrainer whole = new FakeTrainer(4, 12, 8, 8);
        run(whole, VALIDATION);
        reports.clear();
        FakeTrainer trainer = new FakeTrainer(4, 12, 8, 8);
        trainer.epochsBefore = 2;
        ComputationGraph best = TinyNetwork.graph(false, 7);
        trainer.predictionsOf = 2;
        TrainedNetwork second = new TrainedNetwork(best, 2, trainer.predict(VALIDATION));
        trainer.predictionsOf = 0;
        TrainedNetwork outcome = new TrainingLoop(
                        settings(4), List.of((report, network) -> reports.add(report)), memory, trainer::nanos)
                .run(trainer, TRAINING, VALIDATION, new Start(2, Optional.of(second)));
        assertThat(outcome).isSameAs(second);
        assertThat(trainer.fitted).isEqualTo(whole.fitted.subList(2, 4));
        assertThat(reports).extracting(EpochReport::epoch).containsExactly(3, 4);
        assertThat(reports).extracting(EpochReport::best).containsExactly(false, false);
    }

    @Test
    void patienceCountsFromTheBestEpochBeforeResuming() {
        FakeTrainer trainer = new FakeTrainer(12, 4, 4, 4, 4);
        trainer.predictionsOf = 1;
        TrainedNetwork first = new TrainedNetwork(TinyNetwork.graph(false, 7), 1, trainer.predict(VALIDATION));
        trainer.predictionsOf = 0;
        trainer.epochsBefore = 2;
        TrainingLoop loop = new TrainingLoop(settings(5, "patience-epochs=2"), List.of(), memory, trainer::nanos);
        assertThat(loop.run(trainer, TRAINING, VALIDATION, new Start(2, Optional.of(first))))
                .isSameAs(first);
        assertThat(trainer.fitted).hasSize(1);
        assertThat(loop.run(trainer, TRAINING, VALIDATION, new Start(3, Optional.of(first))))
                .isSameAs(first);
        assertThat(trainer.fitted).hasSize(1);
    }

    @Test
    void keepsTheLastEpochOnRequest() {
        FakeTrainer trainer = new FakeTrainer(4, 12, 8);
        TrainedNetwork outcome = new TrainingLoop(settings(3, "keep=last"), List.of(), memory, trainer::nanos)
                .run(trainer, TRAINING, VALIDATION);
        assertThat(outcome.epochs()).isEqualTo(new KeptEpochs(EpochSelection.LAST, 3, 3, 2));
        assertThat(mark(outcome.network())).isEqualTo(3);
        assertThat(right(outcome)).isEqualTo(8);
    }

    @Test
    void patienceCountsFromTheBestWhicheverEpochIsKept() {
        FakeTrainer trainer = new FakeTrainer(4, 12, 8, 8, 16);
        TrainedNetwork outcome = new TrainingLoop(
                        settings(5, "keep=last", "patience-epochs=2"), List.of(), memory, trainer::nanos)
                .run(trainer, TRAINING, VALIDATION);
        assertThat(outcome.epochs()).isEqualTo(new KeptEpochs(EpochSelection.LAST, 4, 4, 2));
    }

    private static long right(TrainedNetwork outcome) {
        return outcome.validation().stream()
                .filter(one -> one.label() == one.example().label())
                .count();
    }

    private TrainedNetwork run(FakeTrainer trainer, List<Example> validation) {
        return run(trainer, TRAINING, validation);
    }

    private TrainedNetwork run(FakeTrainer trainer, List<Example> training, List<Example> validation) {
        List<Listener> listeners = List.of((report, network) -> reports.add(report));
        return new TrainingLoop(settings(trainer.epochs()), listeners, memory, trainer::nanos)
                .run(trainer, training, validation);
    }

    private static TrainingSettings settings(int epochs, String... more) {
        return Trainings.of(
                Trainings.and(new String[] {"keep=best", "epochs=" + epochs, "batch-size=5", "workers=1"}, more));
    }

    private static int mark(ComputationGraph network) {
        return network.getParam("head_branch-0-logits-bias").getInt(0);
    }
}
