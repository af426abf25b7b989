package org.speechemotion.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.speechemotion.spark.SparkTest;
import scala.tools.nsc.Main;

/** Compiles and runs the Java and the Scala of the README, word for word but for the files and the number of epochs. */
class ReadmeIT extends SparkTest {
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @BeforeEach
    void tables() throws IOException {
        List<Row> rows = LabelledClips.table(session, folder.resolve("clips")).collectAsList();
        StringBuilder csv = new StringBuilder("path,actor_id,emotion\n");
        StringBuilder archive =
                new StringBuilder("path\n").append(folder.resolve("gone.wav")).append('\n');
        for (Row row : rows) {
            csv.append(row.getString(0) + ",0" + row.<Integer>getAs("speaker") + "," + row.getAs("emotion") + "\n");
            archive.append(row.getString(0)).append('\n');
        }
        Files.writeString(folder.resolve("clips.csv"), csv);
        Files.writeString(folder.resolve("archive.csv"), archive);
    }

    @Test
    void theJavaTrainsSavesLoadsAndScores() throws Exception {
        String code = snippet("java");
        Path source = folder.resolve("Snippet.java");
        Files.writeString(
                source,
                imports(code)
                        + "public class Snippet { public static Object run(org.apache.spark.sql.SparkSession spark)"
                        + " throws Exception {\n" + body(code) + "return scored; } }\n");
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-classpath", CLASS_PATH, "-d", folder.toString(), source.toString());
        assertThat(exit).isZero();
        requireScored(run());
    }

    @Test
    void theScalaTrainsSavesLoadsAndScores() throws Exception {
        String code = snippet("scala");
        Path source = folder.resolve("Snippet.scala");
        Files.writeString(
                source,
                imports(code) + "object Snippet { def run(spark: org.apache.spark.sql.SparkSession): Any = {\n"
                        + body(code) + "\nscored } }\n");
        Main.process(
                new String[] {"-classpath", CLASS_PATH, "-d", folder.toString(), "-deprecation", source.toString()});
        assertThat(Main.reporter().hasErrors()).isFalse();
        requireScored(run());
    }

    /** The one block in that language, with this test's files. */
    private String snippet(String language) throws IOException {
        Matcher blocks = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(blocks.find()).isTrue();
        String code = blocks.group(1);
        assertThat(blocks.find()).isFalse();
        Map<String, String> replacements = new TreeMap<>(Map.of(
                "\"clips.csv\"", "\"" + folder.resolve("clips.csv") + "\"",
                "\"archive.csv\"", "\"" + folder.resolve("archive.csv") + "\"",
                "\"models/first\"", "\"" + folder.resolve("models/first") + "\"",
                "setEpochs(40)", "setEpochs(1)"));
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            assertThat(code).contains(replacement.getKey());
            code = code.replace(replacement.getKey(), replacement.getValue());
        }
        return code;
    }

    private static String imports(String code) {
        return code.lines()
                .filter(line -> line.startsWith("import "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String body(String code) {
        return code.lines()
                .filter(line -> !line.startsWith("import "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private Object run() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            return loader.loadClass("Snippet")
                    .getMethod("run", SparkSession.class)
                    .invoke(null, session);
        }
    }

    private void requireScored(Object scored) {
        Dataset<?> table = (Dataset<?>) scored;
        assertThat(table.filter("status = 'ok' and prediction is not null").count())
                .isEqualTo(32);
        assertThat(table.count()).isEqualTo(33);
        assertThat(folder.resolve("models/first/metadata")).isDirectory();
    }
}
