package org.speechemotion.spark.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.model.Optimization;
import org.speechemotion.model.PretrainedWeights;
import org.speechemotion.report.HistoryFile;
import org.speechemotion.report.TensorBoardListener;
import org.speechemotion.report.TensorBoardWriter;
import org.speechemotion.settings.FlatSettings;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.RunEncoder;
import org.speechemotion.train.Checkpoints;
import org.speechemotion.train.EpochProgress;
import org.speechemotion.train.EpochReport;
import org.speechemotion.train.Example;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.SavedEpoch;
import org.speechemotion.train.TrainingLoop;

/** Trains the network of a run: from its initial weights, from another model's, or on from a checkpoint. */
final class NetworkTraining {
    private final JavaSparkContext context;
    private final TrainingRun.Settings settings;
    private final RunFolder folder;
    private final Consumer<String> console;
    private final Optional<SavedEpoch> saved;
    private final Optional<ModelBundle> pretrained;
    private final Map<String, String> decided = new TreeMap<>();
    private final HistoryFile history;
    private final int workers;

    /**
     * Prepares the training.
     *
     * @param folder whose last checkpoint it goes on from, where the run is resumed and has one
     * @param console is told how it goes, line by line
     * @throws IllegalArgumentException where it would go on as another training than it began
     */
    NetworkTraining(JavaSparkContext context, TrainingRun.Settings settings, RunFolder folder, Consumer<String> console)
            throws IOException {
        this.context = context;
        this.settings = settings;
        this.folder = folder;
        this.console = console;
        saved = folder.isResumed()
                ? Checkpoints.last(folder.checkpoints(), settings.training().keptEpochs(), console)
                : Optional.empty();
        workers = settings.training().workers();
        settings.decided().forEach(this::requireSame);
        requireSame("training.workers", Integer.toString(workers));
        pretrained = saved.isPresent()
                ? Optional.empty()
                : settings.pretrained().path().map(Path::of).map(ModelBundle::read);
        history =
                new HistoryFile(folder.history(), saved.map(SavedEpoch::history).orElse(List.of()));
    }

    /**
     * Names what must be the same when the training goes on.
     *
     * @throws IllegalArgumentException where it goes on, and this is another
     */
    void requireSame(String what, String value) {
        decided.put(what, value);
        saved.ifPresent(epoch -> epoch.requireSame(what, value));
    }

    /** All epochs, in order. */
    List<EpochReport> history() {
        return history.reports();
    }

    /**
     * Trains.
     *
     * @param timeMultiple what the network needs the time of a batch to be a multiple of
     */
    TrainingLoop.TrainedNetwork run(
            List<Example> training, List<Example> validation, RunEncoder encoder, FrameSource frames, int timeMultiple)
            throws IOException {
        ComputationGraph network = network(training, encoder);
        console.accept(network.numParams() + " parameters, " + workers + " workers");
        TrainingLoop.Start start = start(network, validation, frames, timeMultiple);
        ParameterAveraging trainer = new ParameterAveraging(
                context,
                network,
                frames,
                new FrameAugmentation(
                        settings.augmentation().frameMasking(),
                        settings.augmentation().mixup(),
                        settings.training().seed()),
                settings.training(),
                training,
                timeMultiple);
        Checkpoints checkpoints = new Checkpoints(
                folder.checkpoints(),
                settings.keepCheckpoints(),
                settings.training().keptEpochs(),
                decided,
                saved);
        try (TensorBoardWriter events = new TensorBoardWriter(folder.tensorBoard(), Clock.systemUTC())) {
            if (folder.isResumed()) {
                events.startSession(start.epoch() + 1);
            }
            events.hyperparameters(FlatSettings.hyperparameters(settings.resolved()));
            // The checkpoint last: what it has passed was told to the others.
            List<TrainingLoop.Listener> listeners = List.of(
                    new TensorBoardListener(events),
                    (report, graph) -> history.add(report),
                    new EpochProgress(console),
                    checkpoints);
            return new TrainingLoop(settings.training(), listeners, checkpoints, System::nanoTime)
                    .run(trainer, training, validation, start);
        }
    }

    /** As it is before the next step. */
    private ComputationGraph network(List<Example> training, RunEncoder encoder) throws IOException {
        int steps = settings.training().stepsPerEpoch(training.size(), workers);
        ComputationGraph network = new ComputationGraph(EmotionNetwork.configuration(
                settings.network(),
                encoder.frontEnd(settings.training().encoderUpdater(steps)),
                new Optimization(
                        settings.training().updater(steps),
                        settings.training().optimizer().decay(),
                        settings.training().loss().weights(training)),
                settings.training().seed()));
        network.init();
        if (saved.isPresent()) {
            saved.get().restore(network);
            return network;
        }
        encoder.initialize(network);
        pretrained.ifPresent(model -> {
            if (!model.manifest().encoderFingerprint().equals(encoder.encoder().fingerprint())) {
                console.accept("pretrained: the model was trained on another encoder, "
                        + model.manifest().encoder() + " with fingerprint "
                        + model.manifest().encoderFingerprint());
            }
            PretrainedWeights.load(model.open().graph(), settings.pretrained().part(), network)
                    .forEach(line -> console.accept("pretrained: " + line));
        });
        return network;
    }

    private TrainingLoop.Start start(
            ComputationGraph network, List<Example> validation, FrameSource frames, int timeMultiple)
            throws IOException {
        if (saved.isEmpty()) {
            if (folder.isResumed()) {
                console.accept("there is no checkpoint yet: the run begins");
            }
            return TrainingLoop.Start.atTheBeginning();
        }
        SavedEpoch best = Checkpoints.best(folder.checkpoints(), saved.get());
        console.accept("goes on after epoch " + saved.get().epoch() + "; the best so far is epoch " + best.epoch());
        ComputationGraph bestNetwork = network.clone();
        best.restore(bestNetwork);
        TrainingLoop.TrainedNetwork outcome = new TrainingLoop.TrainedNetwork(
                bestNetwork,
                best.epoch(),
                ParameterAveraging.predict(
                        context, bestNetwork, frames, settings.training(), validation, timeMultiple));
        return new TrainingLoop.Start(saved.get().epoch(), Optional.of(outcome));
    }
}
