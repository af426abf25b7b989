package org.speechemotion.spark.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.SideResult;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.split.Side;
import org.speechemotion.split.SpeakerSplit;
import org.speechemotion.train.Example;

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
        List<Example> examples = clips.on(side, split(bundle));
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("the catalog has no clip of the model's " + side.id() + " side");
        }
        ComputationGraph network = bundle.open().graph();
        return SideResult.of(
                side.id(),
                ParameterAveraging.predict(
                        context,
                        network,
                        frames,
                        batchSize,
                        examples,
                        bundle.manifest().timeMultiple()),
                bundle.manifest().temperature());
    }

    /** Returns the split that the model was trained with. */
    public static SpeakerSplit split(ModelBundle bundle) {
        Map<String, Side> sides = new TreeMap<>();
        bundle.manifest().split().forEach((actor, side) -> sides.put(actor, Side.parse(side)));
        return SpeakerSplit.of(sides);
    }
}
