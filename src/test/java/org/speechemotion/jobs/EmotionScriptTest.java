package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code scripts/emotion} in a separate checkout, with a Java and a Maven that only record their calls. */
class EmotionScriptTest {
    private static final Path SCRIPTS = Path.of("scripts").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path home;
    private Path calls;

    private record Output(int exit, String out, String err) {}

    @BeforeEach
    void checkout() throws IOException {
        folder = folder.toRealPath();
        home = folder.resolve("check out");
        calls = Files.createFile(folder.resolve("calls"));
        for (String name : List.of("emotion", "environment.sh", "commands", "spark-class", "spark-submit")) {
            Path copy = home.resolve("scripts").resolve(name);
            Files.createDirectories(copy.getParent());
            Files.copy(SCRIPTS.resolve(name), copy);
        }
        for (String file : List.of("pom.xml", "src/main/Some.java", "jobs/Other.java")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), "");
        }
        jdk("17.0.15");
        jdk("25");
        program(
                folder.resolve("bin/mvn"),
                """
                echo "mvn with $JAVA_HOME" >>"$CALLS"
                echo "[INFO] --- compiler:3.13.0:compile (default-compile) @ speech-emotion-spark ---"
                for i in $(seq 100); do echo "[INFO] Downloaded from central: x/$i.jar (2.0 MB at 1.0 MB/s)"; done
                [[ -z ${BROKEN:-} ]] || { echo "[ERROR] it does not compile"; exit 1; }
                mkdir -p target/spark/jars
                echo whole >target/speech-emotion-spark.jar
                """);
    }

    /** Its jar is whole if it says so. */
    private void jdk(String version) throws IOException {
        Path jdk = folder.resolve("jdk" + version);
        program(
                jdk.resolve("bin/java"),
                """
                case "$*" in
                  *--commands) [[ $(<"$EMOTION_HOME/target/speech-emotion-spark.jar") == whole ]] && cat "$EMOTION_HOME/scripts/commands" ;;
                  *launcher.Main*) printf '\\0\\n'; printf '%s\\0' echo "submitted with $JAVA_HOME" "${@: -2}" ;;
                  *) echo "java of $0: ${@: -2}" ;;
                esac
                """);
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theCommandsAreListedBeforeAnythingIsBuilt() throws Exception {
        Output help = emotion("--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("  train           trains a model").contains("  infer           scores single");
        Output unknown = emotion("trian");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err())
                .startsWith(
                        "emotion: unknown command trian; did you mean train? The commands are augment, calibrate, catalog, ")
                .hasLineCount(1);
        assertThat(calls).isEmptyFile();
    }

    @Test
    void theFirstCallBuildsAndShowsProgressAndTheSecondDoesNot() throws Exception {
        Output first = emotion("infer", "model=x", "a b.wav");
        assertThat(first.err())
                .contains("  compiler:3.13.0:compile (default-compile)\n", "  downloaded 100 files, 200 MB\n");
        assertThat(first.out()).isEqualTo("java of " + jdk17() + "/bin/java: model=x a b.wav\n");
        assertThat(emotion("infer", "model=x", "a b.wav")).isEqualTo(new Output(0, first.out(), ""));
        assertThat(calls).hasContent("mvn with " + jdk17() + "\n");
    }

    @Test
    void itWorksThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("bin/emotion"), Path.of("../check out/scripts/emotion"));
        Path other = Files.createSymbolicLink(folder.resolve("other"), link);
        assertThat(run(other, Map.of(), "infer", "x", "y").out()).endsWith(": x y\n");
        assertThat(home.resolve("target/speech-emotion-spark.jar")).exists();
    }

    @Test
    void aMissingOrWrongJavaIsAnError() throws Exception {
        Map<String, String> wrong = Map.of("JAVA_HOME", folder + "/jdk25");
        assertThat(run(script(), wrong, "train"))
                .isEqualTo(new Output(
                        2, "", "emotion: Java 17 is needed; found 25 at " + folder + "/jdk25 (JAVA_HOME)\n"));
        Map<String, String> missing = Map.of("JAVA_HOME", folder + "/none");
        assertThat(run(script(), missing, "infer"))
                .isEqualTo(new Output(
                        2, "", "emotion: Java 17 is needed; found none at " + folder + "/none/bin/java (JAVA_HOME)\n"));
        assertThat(run(home.resolve("scripts/spark-submit"), wrong).err())
                .startsWith("spark-submit: Java 17 is needed");
        assertThat(calls).isEmptyFile();
    }

    @Test
    void everyCommandUsesTheJavaOfThePathIfThereIsNoJavaHome() throws Exception {
        Files.createSymbolicLink(folder.resolve("bin/java"), folder.resolve("jdk17.0.15/bin/java"));
        Map<String, String> none = Map.of("JAVA_HOME", "");
        assertThat(run(script(), none, "infer", "x", "y").out()).isEqualTo("java of " + jdk17() + "/bin/java: x y\n");
        assertThat(run(script(), none, "train", "x=y").out()).isEqualTo("submitted with " + jdk17() + " train x=y\n");
        assertThat(calls).hasContent("mvn with " + jdk17() + "\n");
    }

    @Test
    void interruptedBuildsAreRepeated() throws Exception {
        Path jar = home.resolve("target/speech-emotion-spark.jar");
        Path leftover =
                Files.createDirectories(home.resolve("target/spark/jars")).resolve("half.jar");
        Files.writeString(leftover, "half");
        Files.writeString(jar, "a part");
        assertThat(emotion("infer", "x", "y").err()).contains("building");
        assertThat(jar).hasContent("whole");
        assertThat(leftover).doesNotExist();

        // A later build of Maven alone was interrupted.
        Files.writeString(jar, "a part");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(emotion("infer", "x", "y").err()).contains("building");
    }

    @Test
    void usesTheJarOfMaven() throws Exception {
        Files.createDirectories(home.resolve("target/spark/jars"));
        Files.writeString(home.resolve("target/speech-emotion-spark.jar"), "whole");
        assertThat(emotion("infer", "x", "y").err()).isEmpty();
        assertThat(calls).isEmptyFile();
    }

    @Test
    void changedSourcesAreBuilt() throws Exception {
        emotion("infer", "x", "y");
        Files.setLastModifiedTime(
                home.resolve("jobs/Other.java"), FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(emotion("infer", "x", "y").err()).contains("building");
    }

    @Test
    void failedBuildsFailEveryTime() throws Exception {
        for (int i = 0; i < 2; i++) {
            Output failed = run(script(), Map.of("BROKEN", "yes"), "infer", "x");
            assertThat(failed.exit()).isEqualTo(1);
            assertThat(failed.out()).isEmpty();
            assertThat(failed.err()).contains("[ERROR] it does not compile", "emotion: the build failed");
        }
    }

    private String jdk17() {
        return folder + "/jdk17.0.15";
    }

    private Path script() {
        return home.resolve("scripts/emotion");
    }

    private Output emotion(String... words) throws Exception {
        return run(script(), Map.of(), words);
    }

    private Output run(Path program, Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> variables = builder.environment();
        variables.keySet().removeAll(List.of("SPARK_HOME", "MAVEN_OPTIONS"));
        variables.put("PATH", folder + "/bin:" + variables.get("PATH"));
        variables.put("JAVA_HOME", jdk17());
        variables.put("CALLS", calls.toString());
        variables.put("EMOTION_HOME", home.toString());
        variables.putAll(environment);
        variables.values().removeIf(String::isEmpty);
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Output(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
