package org.speechemotion.spark.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.CorpusBindings;
import org.speechemotion.spark.bindings.EncoderBindings;
import org.speechemotion.spark.bindings.TrainingBindings;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.training.RunSettings;
import org.speechemotion.spark.training.TrainingRun;

/**
 * Trains on a table of labelled audio, as {@code emotion train} does on corpora. Whole groups, such as speakers, are held out
 * for validation, which selects the epoch and calibrates the probabilities. No group is on both sides.
 */
public final class SpeechEmotionClassifier extends Estimator<SpeechEmotionModel>
        implements HasTraining<SpeechEmotionClassifier>, DefaultParamsWritable {
    static final String NAME = "speech-emotion";

    private static final long serialVersionUID = 1L;

    /** The table is divided into training and validation only; its owner keeps the test data. */
    private static final String BEGINNING = "split.test-ratio = 0\n";

    private final String uid;

    public SpeechEmotionClassifier() {
        this(Identifiable$.MODULE$.randomUID(NAME));
    }

    public SpeechEmotionClassifier(String uid) {
        this.uid = uid;
        setTrainingDefaults();
    }

    public static SpeechEmotionClassifier load(String path) {
        return read().load(path);
    }

    public static MLReader<SpeechEmotionClassifier> read() {
        return new DefaultParamsReader<>();
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public SpeechEmotionClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Columns columns = new Columns(this, schema);
        columns.require(labelCol(), Columns.LABEL);
        columns.require(groupCol(), Columns.GROUP);
        if (!getValidationIndicatorCol().isEmpty()) {
            columns.require(validationIndicatorCol(), Columns.FLAG);
        }
        return withEmotionColumns(schema);
    }

    /**
     * Trains a model. Rejected audio is left out.
     *
     * @throws IllegalArgumentException if the columns, the labels or the groups are not valid
     * @throws org.speechemotion.settings.SettingsException if the settings are not
     */
    @Override
    @SuppressWarnings("try") // the output is quiet while it is open
    public SpeechEmotionModel fit(Dataset<?> table) {
        transformSchema(table.schema());
        SparkSession session = table.sparkSession();
        // The settings are checked before any audio is read.
        Settings settings = settings(Map.of());
        try (QuietOutput quiet = new QuietOutput();
                FitFolder folder = new FitFolder(
                        getRunDirectory(),
                        settings.string("run.experiment"),
                        settings.optionalString("run.label").orElse(""),
                        uid)) {
            folder.requireNoLostEncoder(settings);
            EncoderFolders.requireEncoder(
                    EncoderBindings.encoder(settings), session.sparkContext().hadoopConfiguration());
            LabelledRows rows = LabelledRows.of(
                    table, this, CorpusBindings.emotions(settings), folder.staging(getStagingDirectory(), session));
            RunSettings run = TrainingBindings.training(settings(rows.split()));
            new TrainingRun(session, run, folder.run(), line -> log().info(line))
                    .run(Catalog.of(
                            session,
                            rows.entries(),
                            CorpusBindings.emotions(settings),
                            settings.bind("audio", AudioSettings.class)));
            SpeechEmotionModel model = new SpeechEmotionModel(
                    uid,
                    ModelBundle.read(folder.run().model()),
                    folder.run().model().toAbsolutePath(),
                    folder.run().model().toString());
            return copyValues(model, ParamMap.empty()).setParent(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private Settings settings(Map<String, ?> split) {
        Map<Param<?>, List<String>> keys = new HashMap<>();
        keys.put(encoderPath(), List.of("encoder.path"));
        keys.put(validationRatio(), List.of("split.validation-ratio"));
        keys.put(maxIter(), List.of("training.epochs"));
        keys.put(batchSize(), List.of("training.batch-size"));
        keys.put(stepSize(), List.of("training.learning-rate"));
        keys.put(workers(), List.of("training.workers"));
        keys.put(seed(), List.of("training.seed", "split.seed"));
        return StageSettings.of(this, BEGINNING, keys, split);
    }
}
