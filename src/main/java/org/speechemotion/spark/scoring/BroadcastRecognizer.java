package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.speechemotion.asr.RecognizerSettings;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.pretrained.CtcModel;
import org.speechemotion.spark.clips.ClipPipeline;

/** A speech recogniser, or none, whose head, tokens and language model were broadcast to the executors. */
public final class BroadcastRecognizer implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No recogniser: tables have no transcripts. */
    public static final BroadcastRecognizer NONE = new BroadcastRecognizer(null, null, Map.of());

    private final ClipPipeline pipeline;
    private final Broadcast<CtcModel> model;
    private final Map<String, String> description;

    private BroadcastRecognizer(ClipPipeline pipeline, Broadcast<CtcModel> model, Map<String, String> description) {
        this.pipeline = pipeline;
        this.model = model;
        this.description = description;
    }

    /**
     * Broadcasts a recogniser.
     *
     * @param pipeline the pipeline, with the settings of the recogniser's encoder, which executors open themselves
     */
    public static BroadcastRecognizer of(JavaSparkContext context, CtcModel model, ClipPipeline pipeline) {
        return new BroadcastRecognizer(pipeline, context.broadcast(model), description(model));
    }

    /** Returns the settings that decide the words. Those of an unused language model do not, nor does the place of the folder. */
    private static Map<String, String> description(CtcModel model) {
        RecognizerSettings settings = model.settings();
        Map<String, String> description = new TreeMap<>();
        description.put(ScoreTableDescription.RECOGNIZER, model.fingerprint());
        description.put("asr.beam-width", Integer.toString(settings.beamWidth()));
        description.put("asr.window-seconds", Double.toString(settings.windowSeconds()));
        description.put("asr.overlap-seconds", Double.toString(settings.overlapSeconds()));
        if (!settings.languageModel().isEmpty()) {
            description.put("asr.language-model-weight", Double.toString(settings.languageModelWeight()));
            description.put("asr.word-bonus", Double.toString(settings.wordBonus()));
        }
        return description;
    }

    Map<String, String> description() {
        return description;
    }

    /** Returns a recogniser for the task that is running; it shares the encoder with the other tasks of its JVM and is not closed. */
    public Optional<SpeechRecognizer> forTask() {
        return model == null ? Optional.empty() : Optional.of(model.value().with(pipeline.encoder()));
    }

    /** Removes it from the driver and all executors. */
    void destroy() {
        if (model != null) {
            model.destroy();
        }
    }
}
