package org.speechemotion.spark.ml;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.asr.Transcript;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.common.Result;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.EncoderBindings;
import org.speechemotion.spark.bindings.RecognizerModel;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.scoring.BroadcastRecognizer;

/**
 * Transcribes the audio into a text, and its words with times and confidence. The model is the folder that
 * {@link #asrPath} names; the other settings of {@code asr} are given by {@link #settings}.
 */
public final class SpeechRecognizer extends Transformer
        implements HasAudioInput<SpeechRecognizer>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private static final DataType WORDS = DataTypes.createArrayType(
            new StructType()
                    .add("word", DataTypes.StringType, false)
                    .add("start_s", DataTypes.DoubleType, false)
                    .add("end_s", DataTypes.DoubleType, false)
                    .add("confidence", DataTypes.FloatType, false),
            false);

    private final String uid;
    private transient LastValueCache<Work> works;

    public SpeechRecognizer() {
        this(Identifiable$.MODULE$.randomUID("speech-recognizer"));
    }

    public SpeechRecognizer(String uid) {
        this.uid = uid;
        setAudioDefaults();
        setDefault(asrPath(), "");
        setDefault(textCol(), "text");
        setDefault(wordsCol(), "words");
    }

    public static SpeechRecognizer load(String path) {
        return read().load(path);
    }

    public static MLReader<SpeechRecognizer> read() {
        return new DefaultParamsReader<>();
    }

    @Override
    public String uid() {
        return uid;
    }

    public Param<String> asrPath() {
        return new Param<>(
                this, "asrPath", "folder of a Wav2Vec2ForCTC, HubertForCTC or WavLMForCTC; asr.path of reference.conf");
    }

    public Param<String> textCol() {
        return new Param<>(this, "textCol", "column that is written: the words, separated by spaces");
    }

    public Param<String> wordsCol() {
        return new Param<>(
                this, "wordsCol", "column that is written: word, start_s, end_s and confidence of each word");
    }

    public String getAsrPath() {
        return getOrDefault(asrPath());
    }

    public SpeechRecognizer setAsrPath(String folder) {
        return setParam(asrPath(), folder);
    }

    public String getTextCol() {
        return getOrDefault(textCol());
    }

    public SpeechRecognizer setTextCol(String column) {
        return setParam(textCol(), column);
    }

    public String getWordsCol() {
        return getOrDefault(wordsCol());
    }

    public SpeechRecognizer setWordsCol(String column) {
        return setParam(wordsCol(), column);
    }

    @Override
    public SpeechRecognizer copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Columns columns = new Columns(this, schema);
        columns.require(inputCol(), Columns.AUDIO);
        return columns.add(textCol(), DataTypes.StringType)
                .add(wordsCol(), WORDS)
                .addStatus(this)
                .schema();
    }

    /**
     * Returns the table with the transcripts, which are computed lazily.
     *
     * @throws IllegalArgumentException if the columns are not valid, no folder is given, or it cannot be used
     * @throws org.speechemotion.settings.SettingsException if the settings are not valid
     */
    @Override
    public Dataset<Row> transform(Dataset<?> table) {
        StructType schema = transformSchema(table.schema());
        if (!getEncoderPath().isEmpty()) {
            throw new IllegalArgumentException(
                    "encoderPath is " + getEncoderPath() + ": a speech recogniser takes its folder from asrPath");
        }
        Settings settings = StageSettings.of(this, "", Map.of(asrPath(), List.of("asr.path")), Map.of());
        settings.required("asr.path");
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
        Configuration hadoop = table.sparkSession().sessionState().newHadoopConf();
        return AudioRows.add(
                table,
                schema,
                this,
                works().get(
                                List.of(context.sc().applicationId(), settings.render()),
                                () -> work(settings, context, hadoop)));
    }

    private static Work work(Settings settings, JavaSparkContext context, Configuration hadoop) {
        AudioSettings audio = settings.bind("audio", AudioSettings.class);
        return new Work(
                new ClipPipeline(audio, EncoderBindings.encoder(settings), hadoop),
                RecognizerModel.broadcast(settings, context, audio));
    }

    private synchronized LastValueCache<Work> works() {
        if (works == null) {
            works = new LastValueCache<>();
        }
        return works;
    }

    /** The pipeline only reads clips; its encoder is not opened. */
    private record Work(ClipPipeline pipeline, BroadcastRecognizer broadcast)
            implements AudioRows.Work<Result<Transcript>> {
        @Override
        public ClipReader reader() {
            return pipeline.reader();
        }

        @Override
        public Iterator<Result<Transcript>> run(Iterator<Result<DecodedAudio>> clips) {
            org.speechemotion.asr.SpeechRecognizer recognizer =
                    broadcast.forTask().orElseThrow();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return clips.hasNext();
                }

                @Override
                public Result<Transcript> next() {
                    return clips.next()
                            .flatMap(clip ->
                                    transcript(recognizer, clip.waveform().samples()));
                }
            };
        }

        private static Result<Transcript> transcript(
                org.speechemotion.asr.SpeechRecognizer recognizer, float[] samples) {
            try {
                return Result.accepted(recognizer.transcribe(samples));
            } catch (ArithmeticException notFinite) {
                return Result.rejected(RejectionReason.NOT_FINITE.rejection(notFinite.getMessage()));
            }
        }

        @Override
        public Object[] values(Result<Transcript> result) {
            return result.fold(
                    transcript -> new Object[] {transcript.text(), words(transcript), Catalog.OK, null, null},
                    rejection -> new Object[] {null, null, Catalog.REJECTED, rejection.code(), rejection.message()});
        }

        private static Row[] words(Transcript transcript) {
            return transcript.words().stream()
                    .map(word -> RowFactory.create(
                            word.text(), word.startSeconds(), word.endSeconds(), (float) word.confidence()))
                    .toArray(Row[]::new);
        }
    }
}
