package org.speechemotion.spark.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.common.Result;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.scoring.ClipScore;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.scoring.BroadcastModel;
import org.speechemotion.spark.scoring.ClipScoring;
import org.speechemotion.spark.scoring.ModelFolders;
import org.speechemotion.spark.scoring.ScoringSettings;

/**
 * Adds the emotion of the audio: the label (a double, which evaluators require), the probabilities, the name of the emotion, and
 * a status. Every row stays. If the audio is rejected, the status is {@code rejected} and the results are null.
 */
public final class SpeechEmotionModel extends Model<SpeechEmotionModel>
        implements HasEmotionOutput<SpeechEmotionModel>, MLWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final transient ModelBundle bundle;
    private final transient Path folder;
    private final String source;
    private final transient LastValueCache<ClipPipeline> pipelines = new LastValueCache<>();
    private final transient LastValueCache<BroadcastModel> broadcasts = new LastValueCache<>();

    /**
     * Creates a model.
     *
     * @param folder the folder from which the bundle was read, and which holds its embedded encoder, if it has one
     * @param source path or URI of the bundle, of which the folder may be a copy
     */
    SpeechEmotionModel(String uid, ModelBundle bundle, Path folder, String source) {
        this.uid = uid;
        this.bundle = bundle;
        this.folder = folder;
        this.source = source;
        setEmotionDefaults();
    }

    /**
     * Opens a model that {@code emotion train} wrote.
     *
     * @param path the folder with {@code model.json}, on any Hadoop file system
     * @throws org.speechemotion.model.BundleException if it does not hold a model, or its files were changed
     */
    public static SpeechEmotionModel ofBundle(String path) {
        return ofBundle(
                Identifiable$.MODULE$.randomUID(SpeechEmotionClassifier.NAME),
                path,
                SparkSession.active().sessionState().newHadoopConf());
    }

    static SpeechEmotionModel ofBundle(String uid, String path, Configuration hadoop) {
        try {
            Path folder = ModelFolders.onThisMachine(path, hadoop);
            return new SpeechEmotionModel(uid, ModelBundle.read(folder), folder, path);
        } catch (IOException e) {
            throw new UncheckedIOException("the model " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    public static SpeechEmotionModel load(String path) {
        return read().load(path);
    }

    public static MLReader<SpeechEmotionModel> read() {
        return new ModelStorage.Reader();
    }

    @Override
    public MLWriter write() {
        return new ModelStorage.Writer(this);
    }

    void writeBundle(String path, Configuration hadoop) throws IOException {
        ModelFolders.write(bundle, folder, path, hadoop);
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * Returns the eight emotions in the order of their labels, for {@code StringIndexerModel} and {@code IndexToString}; those of a model
     * with other emotions are {@code manifest().labels()}.
     */
    public static String[] labels() {
        return EmotionSet.EIGHT.ids().toArray(String[]::new);
    }

    /** Returns the model's manifest: its encoder, its settings, the split of the speakers, and the results of its run. */
    public BundleManifest manifest() {
        return bundle.manifest();
    }

    @Override
    public SpeechEmotionModel copy(ParamMap extra) {
        SpeechEmotionModel copy = copyValues(new SpeechEmotionModel(uid, bundle, folder, source), extra);
        return copy.setParent(parent());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return withEmotionColumns(schema);
    }

    /**
     * Returns the table with its emotions, which are computed lazily.
     *
     * @throws IllegalArgumentException if the columns are not valid
     * @throws org.speechemotion.settings.SettingsException if the settings are not
     * @throws org.speechemotion.model.BundleException if the model was trained on another encoder
     */
    @Override
    public Dataset<Row> transform(Dataset<?> table) {
        StructType schema = transformSchema(table.schema());
        Settings settings = StageSettings.of(this, "", Map.of(encoderPath(), List.of("encoder.path")), Map.of());
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
        ClipPipeline pipeline = pipelines.get(
                List.of(context.sc().applicationId(), settings.render()),
                () -> TrainedModel.of(bundle, folder, source, settings).pipeline(context));
        BroadcastModel broadcast =
                broadcasts.get(context.sc().applicationId(), () -> BroadcastModel.of(context, bundle));
        ScoringSettings scoring = settings.bind("score", ScoringSettings.class);
        return AudioRows.add(
                table,
                schema,
                this,
                new Work(
                        new ClipScoring(broadcast, pipeline, scoring.batchSize(), false, scoring.speeds()),
                        scoring.abstainBelow()));
    }

    private record Work(ClipScoring scoring, double abstainBelow) implements AudioRows.Work<Result<ClipScore>> {
        @Override
        public ClipReader reader() {
            return scoring.reader();
        }

        @Override
        public Iterator<Result<ClipScore>> run(Iterator<Result<DecodedAudio>> clips) {
            return scoring.decoded(clips);
        }

        @Override
        public Object[] values(Result<ClipScore> result) {
            return result.fold(this::answer, rejection ->
                    new Object[] {null, null, null, null, Catalog.REJECTED, rejection.code(), rejection.message()});
        }

        /** Returns the logits up to a constant; a probability of 0 has the logarithm of the least positive one. */
        private static float[] logarithms(float[] probabilities) {
            float[] logarithms = new float[probabilities.length];
            for (int i = 0; i < logarithms.length; i++) {
                logarithms[i] = (float) Math.log(Math.max(probabilities[i], Float.MIN_VALUE));
            }
            return logarithms;
        }

        private Object[] answer(ClipScore score) {
            Probabilities probabilities = score.probabilities();
            return new Object[] {
                (double) probabilities.emotion().label(),
                AudioRows.vector(logarithms(probabilities.values())),
                AudioRows.vector(probabilities.values()),
                probabilities.answer(abstainBelow),
                Catalog.OK,
                null,
                null
            };
        }
    }
}
