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
import org.speechemotion.common.Counted;
import org.speechemotion.model.Adversary;
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
import org.speechemotion.train.TrainingSettings;

/** Trains the network of a run from random weights, from the weights of another model, or from a checkpoint. */
final class NetworkTraining {
    /** The key under which checkpoints of {@link #refit} have the number of its epochs. */
    private static final String REFIT_EPOCHS = "the epochs after the calibration";

    /** If the last one is damaged, a resumed run continues from the one before. */
    private static final int REFIT_CHECKPOINTS = 2;

    private final JavaSparkContext context;
    private final RunSettings settings;
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
     * @param folder the folder of the run; if the run is resumed, training continues from its last checkpoint
     * @param console the consumer of lines about the progress
     * @throws IllegalArgumentException if the run is resumed and its settings have changed
     */
    NetworkTraining(JavaSparkContext context, RunSettings settings, RunFolder folder, Consumer<String> console)
            throws IOException {
        this.context = context;
        this.settings = settings;
        this.folder = folder;
        this.console = console;
        saved = folder.isResumed()
                ? Checkpoints.last(folder.checkpoints(), settings.training().keptEpochs(), console)
                : Optional.empty();
        workers = settings.training().workers();
        settings.source().decisive().forEach(this::requireSame);
        requireSame("training.workers", Integer.toString(workers));
        pretrained = saved.isPresent()
                ? Optional.empty()
                : settings.model()
                        .pretrained()
                        .path()
                        .map(Path::of)
                        .map(ModelBundle::folder)
                        .map(ModelBundle::read);
        history =
                new HistoryFile(folder.history(), saved.map(SavedEpoch::history).orElse(List.of()));
    }

    /**
     * Records a value that must not change when the run is resumed.
     *
     * @throws IllegalArgumentException if the run is resumed and the value has changed
     */
    void requireSame(String what, String value) {
        decided.put(what, value);
        saved.ifPresent(epoch -> epoch.requireSame(what, value));
    }

    /** Returns the reports of all epochs, in order. */
    List<EpochReport> history() {
        return history.reports();
    }

    /**
     * Trains the network. The result has no adversary.
     *
     * @param timeMultiple the number of frames of which the length of a batch must be a multiple
     */
    TrainingLoop.TrainedNetwork run(
            List<Example> training, List<Example> validation, RunEncoder encoder, FrameSource frames, int timeMultiple)
            throws IOException {
        ComputationGraph network = network(training, encoder);
        console.accept(Counted.of(network.numParams(), "parameter") + ", " + Counted.of(workers, "worker"));
        TrainingLoop.Start start = start(network, validation, frames, timeMultiple);
        ParameterAveraging trainer = trainer(settings.training(), network, training, frames, timeMultiple);
        Checkpoints checkpoints = new Checkpoints(
                folder.checkpoints(),
                settings.output().keepCheckpoints(),
                settings.training().keptEpochs(),
                decided,
                saved);
        try (TensorBoardWriter events = new TensorBoardWriter(folder.tensorBoard(), Clock.systemUTC())) {
            if (folder.isResumed()) {
                events.startSession(start.epoch() + 1);
            }
            events.hyperparameters(
                    FlatSettings.hyperparameters(settings.source().resolved()));
            // The checkpoint is last, so that the other listeners have heard of every epoch that has one.
            List<TrainingLoop.Listener> listeners = List.of(
                    new TensorBoardListener(events),
                    (report, graph) -> history.add(report),
                    new EpochProgress(console),
                    checkpoints);
            TrainingLoop.TrainedNetwork kept = new TrainingLoop(
                            settings.training(), listeners, checkpoints, System::nanoTime)
                    .run(trainer, training, validation, start);
            return new TrainingLoop.TrainedNetwork(
                    Adversary.removedFrom(kept.network()), kept.epochs(), kept.validation());
        }
    }

    /**
     * Trains a network anew on more clips. It starts like the first one, because a network that goes on from a training on fewer
     * clips generalises worse (Ash and Adams, arXiv 1910.08475). A resumed run continues from its checkpoints, and starts anew
     * if they are damaged or of other settings. An adversary has the classes of all clips; the result has none.
     *
     * @param again the settings; see {@link TrainingSettings#afterCalibration}
     * @param clips the training and the validation clips
     * @return the new network
     */
    ComputationGraph refit(
            TrainingSettings again, List<Example> clips, RunEncoder encoder, FrameSource frames, int timeMultiple)
            throws IOException {
        console.accept(
                "the validation side has calibrated the model, which is now trained anew with its speakers, too, for "
                        + Counted.of(again.epochs(), "epoch"));
        Map<String, String> required = new TreeMap<>(decided);
        required.put(REFIT_EPOCHS, Integer.toString(again.epochs()));
        Optional<SavedEpoch> last = folder.isResumed()
                ? Checkpoints.lastIntact(folder.refitCheckpoints(), 1, console)
                        .filter(epoch -> epoch.hasSettings(required))
                : Optional.empty();
        if (last.isEmpty()) {
            Checkpoints.delete(folder.refitCheckpoints());
        }
        ComputationGraph network = untrained(again, clips, encoder);
        TrainingLoop.Start start = TrainingLoop.Start.atTheBeginning();
        if (last.isPresent()) {
            last.get().restore(network);
            int epoch = last.get().epoch();
            console.accept("resumed after epoch " + epoch);
            start = new TrainingLoop.Start(
                    epoch, Optional.of(new TrainingLoop.TrainedNetwork(network.clone(), epoch, List.of())));
        } else {
            initialize(network, clips, encoder);
        }
        Checkpoints checkpoints = new Checkpoints(folder.refitCheckpoints(), REFIT_CHECKPOINTS, 1, required, last);
        ComputationGraph refitted = new TrainingLoop(
                        again, List.of(new EpochProgress(console), checkpoints), checkpoints, System::nanoTime)
                .run(trainer(again, network, clips, frames, timeMultiple), clips, List.of(), start)
                .network();
        return Adversary.removedFrom(refitted);
    }

    private ParameterAveraging trainer(
            TrainingSettings training,
            ComputationGraph network,
            List<Example> clips,
            FrameSource frames,
            int timeMultiple) {
        return new ParameterAveraging(
                context,
                network,
                frames,
                new FrameAugmentation(
                        settings.frames().augmentation().frameMasking(),
                        settings.frames().augmentation().mixup(),
                        training.seed()),
                training,
                clips,
                timeMultiple);
    }

    private ComputationGraph untrained(TrainingSettings training, List<Example> clips, RunEncoder encoder)
            throws IOException {
        int steps = training.stepsPerEpoch(clips.size(), workers);
        ComputationGraph network = new ComputationGraph(EmotionNetwork.configuration(
                settings.model().network(),
                encoder.frontEnd(training.encoderUpdater(steps)),
                new Optimization(
                        training.updater(steps),
                        training.optimizer().decay(),
                        training.loss().weights(clips),
                        training.adversary().adversary(clips),
                        steps),
                clips.get(0).emotion().set().size(),
                training.seed()));
        network.init();
        return network;
    }

    /** Returns the network before the next step. */
    private ComputationGraph network(List<Example> training, RunEncoder encoder) throws IOException {
        ComputationGraph network = untrained(settings.training(), training, encoder);
        if (saved.isPresent()) {
            saved.get().restore(network);
        } else {
            initialize(network, training, encoder);
        }
        return network;
    }

    /** Loads the pretrained weights. */
    private void initialize(ComputationGraph network, List<Example> training, RunEncoder encoder) throws IOException {
        encoder.initialize(network);
        pretrained.ifPresent(model -> {
            if (!model.manifest().encoderFingerprint().equals(encoder.encoder().fingerprint())) {
                console.accept("pretrained: the model was trained on another encoder, "
                        + model.manifest().encoder() + " with fingerprint "
                        + model.manifest().encoderFingerprint());
            }
            PretrainedWeights.load(
                            model.network(),
                            settings.model().pretrained().part(),
                            model.manifest()
                                    .emotions()
                                    .equals(training.get(0).emotion().set()),
                            network)
                    .forEach(line -> console.accept("pretrained: " + line));
        });
    }

    private TrainingLoop.Start start(
            ComputationGraph network, List<Example> validation, FrameSource frames, int timeMultiple)
            throws IOException {
        if (saved.isEmpty()) {
            if (folder.isResumed()) {
                console.accept("there is no checkpoint yet; the run starts with the first epoch");
            }
            return TrainingLoop.Start.atTheBeginning();
        }
        SavedEpoch best = Checkpoints.best(folder.checkpoints(), saved.get());
        console.accept("resumed after epoch " + saved.get().epoch() + "; the best epoch so far is " + best.epoch());
        ComputationGraph bestNetwork = network.clone();
        best.restore(bestNetwork);
        TrainingLoop.TrainedNetwork outcome = new TrainingLoop.TrainedNetwork(
                bestNetwork,
                best.epoch(),
                DistributedInference.predict(
                        context, bestNetwork, frames, settings.training().batchSize(), validation, timeMultiple));
        return new TrainingLoop.Start(saved.get().epoch(), Optional.of(outcome));
    }
}
