package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.common.Counted;
import org.speechemotion.corpus.Entry;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.CorpusBindings;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.io.SparkSessions;

/** Writes the catalog of corpora. */
@AutoService(Job.class)
public final class CatalogJob extends Job {
    @Override
    public String name() {
        return "catalog";
    }

    @Override
    String purpose() {
        return "lists corpora as a table of labels, speakers and durations, with the reason for every rejected file";
    }

    @Override
    Collection<String> keys() {
        return List.of("corpora", "output", "audio", "split.allow-similar-speakers");
    }

    @Override
    Usage usage() {
        return Usage.requiring("output")
                .first(
                        "corpora.ravdess.path",
                        "corpora.crema-d.path",
                        "corpora.manifest.path",
                        "corpora.manifest.labels",
                        "audio.minimum-seconds",
                        "audio.maximum-seconds")
                .meaning(
                        "output",
                        "The Parquet table to write, which train reads as catalog; a folder that does not exist yet.");
    }

    @Override
    int run(Settings settings) throws Exception {
        String output = settings.required("output");
        requireExtension(output, ".parquet", "");
        try (SparkSession session = SparkSessions.open(name())) {
            List<Entry> entries =
                    CorpusBindings.corpora(settings, session.sparkContext().hadoopConfiguration());
            progress("reading " + Counted.of(entries.size(), "file") + " …");
            Catalog.of(session, entries, CorpusBindings.emotions(settings), settings.bind("audio", AudioSettings.class))
                    .write()
                    .parquet(output);
            Dataset<Row> catalog = session.read().parquet(output);
            say(catalog.groupBy("corpus", "status")
                    .count()
                    .orderBy("corpus", "status")
                    .showString(100, 0, false));
            Catalog.rejections(catalog.filter("status = 'rejected'")
                            .select("path", "status", "reason")
                            .collectAsList())
                    .lines()
                    .forEach(this::say);
            say("catalog: " + output);
            return DONE;
        }
    }
}
