package org.speechemotion.spark.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Saves and loads models: the Params in Spark ML's format, and beside them the bundle, as {@code emotion train} writes it. */
final class ModelStorage {
    private static final String BUNDLE = "bundle";

    private ModelStorage() {}

    static final class Writer extends MLWriter {
        private final SpeechEmotionModel model;

        Writer(SpeechEmotionModel model) {
            this.model = model;
        }

        @Override
        public void saveImpl(String path) {
            new DefaultParamsWriter(model).saveImpl(path);
            try {
                model.writeBundle(
                        new Path(path, BUNDLE).toString(),
                        sparkSession().sessionState().newHadoopConf());
            } catch (IOException e) {
                throw new UncheckedIOException("the model could not be saved: " + e.getMessage(), e);
            }
        }
    }

    static final class Reader extends MLReader<SpeechEmotionModel> {
        @Override
        public SpeechEmotionModel load(String path) {
            var metadata = DefaultParamsReader.loadMetadata(path, sc(), SpeechEmotionModel.class.getName());
            SpeechEmotionModel model = SpeechEmotionModel.ofBundle(
                    metadata.uid(),
                    new Path(path, BUNDLE).toString(),
                    sparkSession().sessionState().newHadoopConf());
            metadata.getAndSetParams(model, Option.empty());
            return model;
        }
    }
}
