package org.speechemotion.spark.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.speechemotion.corpus.Emotion;
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
 * Adds the emotion of the audio: the label (a double, as evaluators want it), the probabilities, the emotion's name, and a
 * status. Every row stays; where the audio is rejected, the status says so and the results are null.
 */
public final class SpeechEmotionModel extends Model<SpeechEmotionModel>
        implements HasEmotionOutput<SpeechEmotionModel>, MLWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final transient ModelBundle bundle;
    private final transient Path folder;
    private final String source;
    private final transient Remembered<ClipPipeline> pipelines = new Remembered<>();
    private final transient Remembered<BroadcastModel> broadcasts = new Remembered<>();

    /**
     * A model.
     *
     * @param folder that the bundle was read from, where its embedded encoder is, if it has one
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
     * A model that {@code emotion train} wrote.
     *
     * @param path of the folder with {@code model.json}, on any Hadoop file system
     * @throws org.speechemotion.model.BundleException where it holds no model, or files that were changed
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

    /** The emotions in the order of their labels: for {@code StringIndexerModel} and {@code IndexToString}. */
    public static String[] labels() {
        return Arrays.stream(Emotion.values()).map(Emotion::id).toArray(String[]::new);
    }

    /** What the model says of itself: its encoder, its settings, who was on which side, what the run measured. */
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
     * The table with its emotions, lazily.
     *
     * @throws IllegalArgumentException where the columns do not fit
     * @throws org.speechemotion.settings.SettingsException where the settings do not
     * @throws org.speechemotion.model.BundleException where the encoder is not the one that the model was trained on
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
                        new ClipScoring(broadcast, pipeline, scoring.batchSize(), false),
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
                    new Object[] {null, null, null, Catalog.REJECTED, rejection.code(), rejection.message()});
        }

        private Object[] answer(ClipScore score) {
            Probabilities probabilities = score.probabilities();
            return new Object[] {
                (double) probabilities.emotion().label(),
                AudioRows.vector(probabilities.values()),
                probabilities.answer(abstainBelow),
                Catalog.OK,
                null,
                null
            };
        }
    }
}
