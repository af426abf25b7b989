package org.speechemotion.spark.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.SideResult;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.split.Side;
import org.speechemotion.split.SpeakerSplit;
import org.speechemotion.train.Example;
import org.speechemotion.train.Trainer.Prediction;

/** Evaluates trained models on the clips of a catalog. */
public final class ModelEvaluation {
    private ModelEvaluation() {}

    /**
     * Predicts the clips of one side of the model's own split.
     *
     * @param batchSize the number of clips that are predicted together
     * @throws IllegalArgumentException if the catalog has no speaker of that side, or one that the split does not know
     */
    public static SideResult of(
            JavaSparkContext context,
            ModelBundle bundle,
            CatalogClips clips,
            Side side,
            FrameSource frames,
            int batchSize) {
        return of(
                context,
                bundle,
                clips,
                side,
                LabelMap.identity(bundle.manifest().emotions()),
                frames,
                batchSize);
    }

    /**
     * Predicts the clips of one side of the model's own split over merged or fewer emotions.
     *
     * @param labels the map of the emotions; clips of emotions that it leaves out are not predicted
     * @param batchSize the number of clips that are predicted together
     * @throws IllegalArgumentException if the catalog has no speaker of that side, or one that the split does not know
     */
    public static SideResult of(
            JavaSparkContext context,
            ModelBundle bundle,
            CatalogClips clips,
            Side side,
            LabelMap labels,
            FrameSource frames,
            int batchSize) {
        List<Example> examples = clips.on(side, split(bundle)).stream()
                .filter(clip -> labels.of(clip.emotion()).isPresent())
                .toList();
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("the catalog has no clip of the model's " + side.id() + " side");
        }
        return predict(context, bundle, side.id(), examples, labels, frames, batchSize);
    }

    static SideResult predict(
            JavaSparkContext context,
            ModelBundle bundle,
            String name,
            List<Example> examples,
            LabelMap labels,
            FrameSource frames,
            int batchSize) {
        List<Example> own = examples.stream()
                .map(clip -> clip.labelled(labels.of(clip.emotion()).orElseThrow()))
                .toList();
        ComputationGraph network = bundle.open().graph();
        int timeMultiple = bundle.manifest().timeMultiple();
        List<List<Prediction>> views = frames.views().stream()
                .map(view -> DistributedInference.predict(context, network, view, batchSize, own, timeMultiple))
                .toList();
        return SideResult.of(name, mean(views), bundle.manifest().calibrator(), labels);
    }

    /** Returns the mean of the predictions of each clip. Their calibration would be the same before it, because it is linear. */
    private static List<Prediction> mean(List<List<Prediction>> views) {
        return IntStream.range(0, views.get(0).size())
                .mapToObj(clip -> new Prediction(
                        views.get(0).get(clip).example(),
                        Probabilities.mean(views.stream()
                                .map(view -> view.get(clip).probabilities())
                                .toList())))
                .toList();
    }

    /** Returns whether the speakers of a side have trained the model, so that its scores on them are too good. */
    public static boolean hasTrained(Side side, BundleManifest manifest) {
        return side == Side.TRAIN || (side == Side.VALIDATION && manifest.isRefit());
    }

    /** Returns a line about a side of the model's own split, with a warning if its speakers have trained the model. */
    public static String heading(Side side, BundleManifest manifest) {
        return side.id() + " side of model " + manifest.modelId()
                + (hasTrained(side, manifest) ? ", whose speakers have trained it: the scores are too good" : "");
    }

    /** Returns the split that the model was trained with. */
    public static SpeakerSplit split(ModelBundle bundle) {
        Map<String, Side> sides = new TreeMap<>();
        bundle.manifest().split().forEach((speaker, side) -> sides.put(speaker, Side.parse(side)));
        return SpeakerSplit.of(sides);
    }
}
