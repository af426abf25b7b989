package org.speechemotion.spark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.Manifest;
import org.speechemotion.corpus.SoftLabel;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.io.ParquetTable;
import org.speechemotion.train.Example;

/** Catalogs of manifests, with and without the votes of raters. */
class ManifestCatalogIT extends SparkTest {
    @Test
    void manifestsAreRead() throws IOException {
        write("clips/a.wav", DemoClips.wav(1, Emotion.SAD));
        write("clips/b c:d.wav", DemoClips.wav(2, Emotion.SAD));
        Path manifest = write(
                "list.csv",
                """
                path,actor_id,emotion,intensity
                clips/a.wav,anna,sad,strong
                %s,ben,calm,
                clips/gone.wav,anna,sad,
                clips/a.wav,,sad,
                """
                        .formatted(folder.resolve("clips/b c:d.wav"))
                        .getBytes(StandardCharsets.UTF_8));

        List<Row> rows = catalog(manifest).collectAsList();

        assertThat(rows)
                .extracting(row -> row.getAs("actor_id"), row -> row.getAs("emotion"), row -> row.getAs("status"))
                .containsExactly(
                        tuple("manifest:anna", "sad", "ok"),
                        tuple("manifest:ben", "calm", "ok"),
                        tuple(null, null, "rejected"),
                        tuple(null, null, "rejected"));
        assertThat(rows.get(2).<String>getAs("reason")).contains("line 4", "there is no file", "gone.wav");
        assertThat(rows.get(3).<String>getAs("reason"))
                .isEqualTo("row: file:" + manifest + ", line 5: actor_id is empty");
    }

    /** Writes a catalog to Parquet and reads it back, as runs do. */
    @Test
    void catalogsHaveVotesUnlessOfEarlierBuilds() throws IOException {
        for (Emotion emotion : List.of(Emotion.SAD, Emotion.HAPPY, Emotion.ANGRY)) {
            write("clips/" + emotion.id() + ".wav", DemoClips.wav(1, emotion));
        }
        Path manifest = write(
                "list.csv",
                """
                path,actor_id,emotion,votes_sad,votes_happy
                clips/sad.wav,anna,,3,1
                clips/happy.wav,anna,happy,0,4
                clips/angry.wav,anna,angry,,
                """
                        .getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve("votes.parquet");
        ParquetTable.write(catalog(manifest).collectAsList(), Catalog.SCHEMA, file);
        Dataset<Row> catalog = session.read().parquet(file.toString());

        Row sad = catalog.filter("emotion = 'sad'").head();
        assertThat(sad.<Double>getAs("share_sad")).isEqualTo(0.75);
        assertThat(sad.<Double>getAs("share_happy")).isEqualTo(0.25);
        assertThat(sad.<Double>getAs("share_calm")).isZero();
        assertThat(catalog.filter("share_sad is null").count()).isEqualTo(2);
        SoftLabel heard = new SoftLabel(List.of(0.0, 0.0, 0.25, 0.75, 0.0, 0.0, 0.0, 0.0));
        assertThat(softLabels(catalog))
                .containsOnly(
                        Map.entry(Emotion.SAD, heard),
                        Map.entry(Emotion.HAPPY, SoftLabel.of(Emotion.HAPPY)),
                        Map.entry(Emotion.ANGRY, SoftLabel.of(Emotion.ANGRY)));

        Dataset<Row> earlier = catalog.drop(Catalog.shares(EmotionSet.EIGHT).toArray(String[]::new));
        assertThat(softLabels(earlier))
                .allSatisfy((emotion, soft) -> assertThat(soft).isEqualTo(SoftLabel.of(emotion)));
        assertThat(CatalogClips.of(earlier).fingerprint())
                .isNotEqualTo(CatalogClips.of(catalog).fingerprint());
        assertThat(CatalogClips.of(earlier.filter("emotion != 'sad'")).fingerprint())
                .isEqualTo(CatalogClips.of(catalog.filter("emotion != 'sad'")).fingerprint());

        Dataset<Row> damaged = catalog.withColumn("share_sad", functions.lit("0.7"));
        assertThatThrownBy(() -> CatalogClips.of(damaged))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("the catalog's row of file:", ".wav: soft label is [", "with a sum of 1");
    }

    private static Map<Emotion, SoftLabel> softLabels(Dataset<Row> catalog) {
        return CatalogClips.of(catalog).all().stream()
                .collect(Collectors.toMap(clip -> EmotionSet.EIGHT.ofLabel(clip.label()), Example::softLabel));
    }

    private Dataset<Row> catalog(Path manifest) throws IOException {
        return Catalog.of(
                session,
                Catalog.entries(new Manifest(), manifest.toString(), Map.of(), hadoop()),
                AudioSettings.defaults());
    }
}
