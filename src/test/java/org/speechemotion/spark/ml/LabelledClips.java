package org.speechemotion.spark.ml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.spark.DemoClips;

/** Tables of synthesised speech: four speakers, each with every emotion. */
final class LabelledClips {
    static final int SPEAKERS = 4;

    private static final StructType SCHEMA = new StructType()
            .add("path", DataTypes.StringType)
            .add("audio", DataTypes.BinaryType)
            .add("emotion", DataTypes.StringType)
            .add("label", DataTypes.IntegerType)
            .add("speaker", DataTypes.IntegerType)
            .add("held_out", DataTypes.BooleanType);

    private LabelledClips() {}

    /** Columns path, audio, emotion, label, speaker, held_out (of speaker 4). */
    static Dataset<Row> table(SparkSession session, Path folder) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int speaker = 1; speaker <= SPEAKERS; speaker++) {
            for (Emotion emotion : EmotionSet.EIGHT) {
                byte[] wav = DemoClips.wav(speaker, emotion);
                Path file = folder.resolve("speaker " + speaker).resolve(emotion.id() + ".wav");
                Files.createDirectories(file.getParent());
                Files.write(file, wav);
                rows.add(RowFactory.create(
                        file.toString(), wav, emotion.id(), emotion.label(), speaker, speaker == SPEAKERS));
            }
        }
        return session.createDataFrame(rows, SCHEMA);
    }

    /** Returns a classifier with a small network that still distinguishes clips. */
    static SpeechEmotionClassifier classifier() {
        return new SpeechEmotionClassifier()
                .setLabelCol("emotion")
                .setGroupCol("speaker")
                .setEpochs(2)
                .setBatchSize(8)
                .setWorkers(2)
                .setSettings("network { context.width = 16, hidden-width = 16 }");
    }
}
