package org.speechemotion.spark.ml;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.common.Result;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelEncoder;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.ClipStream;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.EncoderBindings;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.scoring.ScoringSettings;

/**
 * Adds an embedding of the audio: the mean of the encoder's frames over a clip, as a vector {@code [width]}. The encoder is
 * log-mel, normalised over the whole clip, or the folder that {@link #encoderPath} names.
 */
public final class SpeechEncoder extends Transformer implements HasAudioInput<SpeechEncoder>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    /** With the normalisation that models are trained with, which removes the mean of each band, all embeddings would be 0. */
    private static final String BEGINNING = "encoder.log-mel.normalization = clip\n";

    private final String uid;
    private transient LastValueCache<ClipPipeline> pipelines;

    public SpeechEncoder() {
        this(Identifiable$.MODULE$.randomUID("speech-encoder"));
    }

    public SpeechEncoder(String uid) {
        this.uid = uid;
        setAudioDefaults();
        setDefault(outputCol(), "features");
    }

    public static SpeechEncoder load(String path) {
        return read().load(path);
    }

    public static MLReader<SpeechEncoder> read() {
        return new DefaultParamsReader<>();
    }

    @Override
    public String uid() {
        return uid;
    }

    public Param<String> outputCol() {
        return new Param<>(this, "outputCol", "column that is written: the embedding, a vector");
    }

    public String getOutputCol() {
        return getOrDefault(outputCol());
    }

    public SpeechEncoder setOutputCol(String column) {
        return setParam(outputCol(), column);
    }

    @Override
    public SpeechEncoder copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Columns columns = new Columns(this, schema);
        columns.require(inputCol(), Columns.AUDIO);
        return columns.add(outputCol(), SQLDataTypes.VectorType())
                .addStatus(this)
                .schema();
    }

    /**
     * Returns the table with the embeddings, which are computed lazily.
     *
     * @throws IllegalArgumentException if the columns are not valid
     * @throws org.speechemotion.settings.SettingsException if the settings are not
     */
    @Override
    public Dataset<Row> transform(Dataset<?> table) {
        StructType schema = transformSchema(table.schema());
        Settings settings = StageSettings.of(this, BEGINNING, Map.of(encoderPath(), List.of("encoder.path")), Map.of());
        Configuration hadoop = table.sparkSession().sessionState().newHadoopConf();
        ClipPipeline pipeline = pipelines().get(settings.render(), () -> pipeline(settings, hadoop));
        int batchSize = settings.bind("score", ScoringSettings.class).batchSize();
        return AudioRows.add(table, schema, this, new Work(pipeline, batchSize));
    }

    /** Returns log-mel where the settings name no encoder: the mean over time of prosody tells little. */
    private static EncoderSettings encoder(Settings settings) {
        EncoderSettings encoder = EncoderBindings.encoder(settings);
        return settings.string("encoder.name").isEmpty()
                        && encoder.pretrained().path().isEmpty()
                ? encoder.withName(LogMelEncoder.NAME)
                : encoder;
    }

    private static ClipPipeline pipeline(Settings settings, Configuration hadoop) {
        EncoderSettings encoder = EncoderFolders.absolute(encoder(settings), Path.of(""));
        String fingerprint = EncoderFolders.requireEncoder(encoder, hadoop);
        return new ClipPipeline(settings.bind("audio", AudioSettings.class), encoder, hadoop).requiring(fingerprint);
    }

    private synchronized LastValueCache<ClipPipeline> pipelines() {
        if (pipelines == null) {
            pipelines = new LastValueCache<>();
        }
        return pipelines;
    }

    private record Work(ClipPipeline pipeline, int batchSize) implements AudioRows.Work<Result<float[]>> {
        @Override
        public ClipReader reader() {
            return pipeline.reader();
        }

        @Override
        public Iterator<Result<float[]>> run(Iterator<Result<DecodedAudio>> clips) {
            return new ClipStream<>(
                    clips,
                    new ClipBatches<>(
                            pipeline.encoder(),
                            batchSize,
                            frames -> frames.stream().map(Frames::mean).toList(),
                            ClipBatches::areFinite));
        }

        @Override
        public Object[] values(Result<float[]> result) {
            return result.fold(
                    embedding -> new Object[] {AudioRows.vector(embedding), Catalog.OK, null, null},
                    rejection -> new Object[] {null, Catalog.REJECTED, rejection.code(), rejection.message()});
        }
    }
}
