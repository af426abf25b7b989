package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.io.RemoteFiles;

/** A folder of clips that is scored into a table. */
abstract class ScoringTableFixture extends SparkTest {
    static final ScoringSettings SCORING = ScoringSettings.defaults().withBatchSize(4);
    static final int CLIPS = 8;

    final ModelBundle bundle = TestModel.bundle();
    final List<String> console = new ArrayList<>();

    @BeforeEach
    void clips() throws IOException {
        for (Emotion emotion : EmotionSet.EIGHT) {
            write("in/" + emotion.id() + ".wav", DemoClips.wav(1 + emotion.label(), emotion));
        }
    }

    String file(String emotion) {
        return "file:" + folder.resolve("in/" + emotion + ".wav");
    }

    List<Path> parts(String output) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(output))) {
            return all.filter(file -> file.getFileName().toString().startsWith("scores-"))
                    .sorted()
                    .toList();
        }
    }

    static TableSettings one() {
        return TableSettings.defaults();
    }

    ScoringSummary run(String output, TableSettings settings) throws IOException {
        return new ScoringRun(
                        session,
                        bundle,
                        TestModel.pipeline(hadoop()),
                        ScoringOptions.defaults().with(SCORING).with(settings),
                        console::add)
                .score(folder.resolve("in").toString(), output(output));
    }

    static ScoringSummary summary(long listed, long scored, long skipped) {
        return new ScoringSummary(listed, scored, Rejections.NONE, skipped, 0, Map.of());
    }

    String output(String name) {
        return folder.resolve(name).toString();
    }

    List<Row> rows(String output) {
        return BatchScoring.read(session, output(output)).collectAsList();
    }

    Set<String> names(String output) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(output))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".crc"))
                    .collect(Collectors.toSet());
        }
    }

    static Map<String, Row> byName(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.toMap(
                        row -> row.<String>getAs("path").replaceFirst(".*/", ""),
                        row -> row,
                        (a, b) -> b,
                        TreeMap::new));
    }

    /** A row without its path and without where it comes from. */
    static List<Object> result(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 1; i <= row.fieldIndex("content"); i++) {
            values.add(row.get(i));
        }
        return values;
    }

    /** Another content, of the same size and time. */
    static void spoil(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Path other = file.resolveSibling("other");
        Files.write(other, new byte[(int) Files.size(file)]);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(file, time);
    }

    Configuration remote() {
        Configuration remote = hadoop();
        remote.set("fs.remote.impl", RemoteFiles.class.getName());
        return remote;
    }
}
