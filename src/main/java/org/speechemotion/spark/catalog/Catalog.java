package org.speechemotion.spark.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.BoundedCache;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.Clip;
import org.speechemotion.corpus.Corpus;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.Entry;
import org.speechemotion.corpus.SoftLabel;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.DigitalSilence;
import org.speechemotion.spark.clips.DecodedClips;
import org.speechemotion.spark.io.FileTree;
import org.speechemotion.spark.io.HadoopAudio;
import org.speechemotion.spark.io.HadoopFiles;
import org.speechemotion.train.ClipLoader;

/**
 * The catalog: one row for every file of the corpora, labelled and decoded once, or rejected with a reason. Its columns are
 * path, corpus, actor_id, emotion, label, intensity, statement, duration_s, sample_rate_hz, channels, content_sha256, status
 * ({@code ok} or {@code rejected}), reason, note (a defect of a file that was decoded nevertheless), and
 * {@code share_<emotion>}, the soft label, which is null if it is that of the emotion alone.
 */
public final class Catalog {
    public static final String OK = "ok";
    public static final String REJECTED = "rejected";

    private static final String NOTE = "note";

    /** The prefix of the columns of the soft label, one for each emotion in the order of the labels. */
    private static final String SHARE = "share_";

    private static final StructType WITHOUT_SHARES = new StructType()
            .add("path", DataTypes.StringType, false)
            .add("corpus", DataTypes.StringType, false)
            .add("actor_id", DataTypes.StringType)
            .add("emotion", DataTypes.StringType)
            .add("label", DataTypes.IntegerType)
            .add("intensity", DataTypes.StringType)
            .add("statement", DataTypes.StringType)
            .add("duration_s", DataTypes.DoubleType)
            .add("sample_rate_hz", DataTypes.IntegerType)
            .add("channels", DataTypes.IntegerType)
            .add("content_sha256", DataTypes.StringType)
            .add("status", DataTypes.StringType, false)
            .add("reason", DataTypes.StringType)
            .add(NOTE, DataTypes.StringType);

    /** The columns of a catalog of {@link EmotionSet#EIGHT}. */
    public static final StructType SCHEMA = schema(EmotionSet.EIGHT);

    private Catalog() {}

    /** Returns the columns of a catalog. */
    public static StructType schema(EmotionSet emotions) {
        StructType columns = WITHOUT_SHARES;
        for (String share : shares(emotions)) {
            columns = columns.add(share, DataTypes.DoubleType);
        }
        return columns;
    }

    /** Returns the names of the columns of the soft label, in the order of the labels. */
    public static List<String> shares(EmotionSet emotions) {
        return emotions.ids().stream().map(SHARE::concat).toList();
    }

    /**
     * Returns the emotions of a catalog, which are those of its columns of the soft label; {@link EmotionSet#EIGHT} for a
     * catalog of an earlier build, which has none.
     *
     * @throws IllegalArgumentException if the columns name no emotions
     */
    public static EmotionSet emotions(Dataset<Row> catalog) {
        List<String> ids = Arrays.stream(catalog.columns())
                .filter(name -> name.startsWith(SHARE))
                .map(name -> name.substring(SHARE.length()))
                .toList();
        return ids.isEmpty() ? EmotionSet.EIGHT : EmotionSet.ofCorpus(ids);
    }

    /**
     * Lists a corpus's files. A folder below the root that cannot be listed is a rejected entry.
     *
     * @param root the folder or manifest, on any Hadoop file system
     * @throws IOException if the root cannot be listed
     */
    public static List<Entry> entries(Corpus corpus, String root, Map<String, String> options, Configuration hadoop)
            throws IOException {
        HadoopFiles files = new HadoopFiles(root, hadoop);
        List<Entry> entries = new ArrayList<>(corpus.read(files, options));
        for (FileTree.Entry folder : files.unlisted()) {
            entries.add(new Entry.Rejected(
                    folder.path(), corpus.name(), RejectionReason.UNREADABLE.rejection(folder.failure())));
        }
        return entries;
    }

    /** Decodes every labelled file on the cluster, for {@link EmotionSet#EIGHT}. */
    public static Dataset<Row> of(SparkSession session, List<Entry> entries, AudioSettings settings) {
        return of(session, entries, EmotionSet.EIGHT, settings);
    }

    /** Decodes every labelled file on the cluster. */
    public static Dataset<Row> of(
            SparkSession session, List<Entry> entries, EmotionSet emotions, AudioSettings settings) {
        return of(session, entries, emotions, settings, 0);
    }

    /**
     * Decodes every labelled file on the cluster, before a training.
     *
     * @param emotions the emotions of the catalog; clips of others are rejected
     * @param cacheMegabytes the memory of an executor for the decoded clips, in MiB; a training that follows in the same
     *     process and has the same limit need not decode them again
     */
    public static Dataset<Row> of(
            SparkSession session,
            List<Entry> entries,
            EmotionSet emotions,
            AudioSettings settings,
            int cacheMegabytes) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> hadoop =
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
        int partitions = Math.max(1, Math.min(entries.size(), 4 * context.defaultParallelism()));
        return session.createDataFrame(
                context.parallelize(entries, partitions).mapPartitions(part -> {
                    AudioSource source = new HadoopAudio(hadoop.value().value());
                    AudioDecoder decoder = new AudioDecoder(settings);
                    List<Row> rows = new ArrayList<>();
                    BoundedCache<Waveform> cache = DecodedClips.cache(cacheMegabytes);
                    part.forEachRemaining(entry -> rows.add(row(entry.in(emotions), emotions, source, decoder, cache)));
                    return rows.iterator();
                }),
                schema(emotions));
    }

    /**
     * Returns the same table in the order of {@link #schema}; columns that catalogs of earlier builds lack are null.
     *
     * @throws IllegalArgumentException if the table is not a catalog
     */
    public static Dataset<Row> complete(Dataset<Row> table) {
        List<String> columns = Arrays.asList(table.columns());
        List<String> missing = Arrays.stream(WITHOUT_SHARES.fieldNames())
                .filter(name -> !columns.contains(name) && !name.equals(NOTE))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("not a catalog: it lacks the columns " + missing + "; a catalog has "
                    + Arrays.toString(SCHEMA.fieldNames()));
        }
        return table.select(Arrays.stream(schema(emotions(table)).fields())
                .map(field -> (columns.contains(field.name()) ? table.col(field.name()) : functions.lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
                .toArray(Column[]::new));
    }

    /** Counts the reasons of the rejected rows; their columns must include path, status and reason. */
    public static Rejections rejections(Collection<Row> rows) {
        return Rejections.of(rows.stream()
                .filter(row -> REJECTED.equals(row.getAs("status")))
                .map(row -> Rejections.of(row.getAs("path"), String.valueOf(row.<String>getAs("reason"))))
                .toList());
    }

    private static Row row(
            Entry entry, EmotionSet emotions, AudioSource source, AudioDecoder decoder, BoundedCache<Waveform> cache) {
        if (entry instanceof Entry.Rejected rejected) {
            return new RowBuilder(emotions)
                    .with("path", rejected.path())
                    .with("corpus", rejected.corpus())
                    .rejected(rejected.rejection());
        }
        Clip clip = ((Entry.Labelled) entry).clip();
        RowBuilder row = new RowBuilder(emotions).with(clip);
        byte[] content;
        try {
            content = source.read(clip.path(), decoder.settings().maximumBytes());
        } catch (IOException | RuntimeException e) {
            return row.rejected(ClipReader.rejection(e));
        }
        row.with("content_sha256", Sha256.of(content));
        Result<DecodedAudio> decoding = decoder.decode(content, clip.path());
        if (decoding instanceof Result.Rejected<DecodedAudio> rejected) {
            return row.rejected(rejected.rejection());
        }
        DecodedAudio audio = decoding.orElseThrow();
        if (DigitalSilence.isThroughout(
                audio.waveform().samples(), audio.waveform().sampleRate())) {
            // A labelled silence would teach the network to tell emotions by the way in which recordings failed.
            return row.rejected(new Rejection(
                    "silent",
                    "digital silence from beginning to end, labelled "
                            + clip.emotion().id()));
        }
        ClipLoader.keep(clip.path(), audio.waveform(), cache);
        return row.accepted(audio.source());
    }

    /** Sets the columns of a row by name; the others are null. */
    private static final class RowBuilder {
        private final StructType schema;
        private final Object[] values;

        RowBuilder(EmotionSet emotions) {
            schema = schema(emotions);
            values = new Object[schema.size()];
        }

        RowBuilder with(String column, Object value) {
            values[schema.fieldIndex(column)] = value;
            return this;
        }

        RowBuilder with(Clip clip) {
            with("path", clip.path())
                    .with("corpus", clip.corpus())
                    .with("actor_id", clip.speakerId())
                    .with("emotion", clip.emotion().id())
                    .with("label", clip.emotion().label())
                    .with("intensity", clip.intensity())
                    .with("statement", clip.statement());
            if (!clip.softLabel().equals(SoftLabel.of(clip.emotion()))) {
                List<String> shares = shares(clip.emotion().set());
                for (int i = 0; i < shares.size(); i++) {
                    with(shares.get(i), clip.softLabel().shares().get(i));
                }
            }
            return this;
        }

        Row accepted(SourceFormat format) {
            return with("duration_s", format.durationSeconds())
                    .with("sample_rate_hz", format.sampleRate())
                    .with("channels", format.channels())
                    .with("status", OK)
                    .with(NOTE, format.note().isEmpty() ? null : format.note())
                    .build();
        }

        Row rejected(Rejection rejection) {
            return with("status", REJECTED).with("reason", rejection.text()).build();
        }

        private Row build() {
            return RowFactory.create(values);
        }
    }
}
