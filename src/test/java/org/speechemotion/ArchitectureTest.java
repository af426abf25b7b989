package org.speechemotion;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.speechemotion.report.TensorBoardListener;

/** The package table of docs/architecture.md, and the rules that no reviewer should have to remember. */
class ArchitectureTest {
    private static final Pattern ROW = Pattern.compile("\\| `(?<package>[a-z0-9.]+)` \\| [^|]+ \\| (?<uses>[^|]+) \\|");

    /** Each package, and which others of this project it uses. The jobs may use them all, and nothing uses the jobs. */
    private static final Map<String, Set<String>> USES = table(Path.of("docs/architecture.md"));

    private static final String ROOT = "org.speechemotion";
    private static final String JOBS = ROOT + ".jobs";

    private static final JavaClasses CLASSES = classes();

    static Set<String> packages() {
        return USES.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packagesUseOnlyThePackagesInTheirRows(String user) {
        Set<String> allowed =
                Stream.concat(Stream.of(user), USES.get(user).stream()).collect(Collectors.toSet());
        noClasses()
                .that(belongTo(Set.of(user)))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(belongTo(allowed))))
                .check(CLASSES);
    }

    @Test
    void theTableIsCompleteAndExact() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass user : CLASSES.that(not(simpleName("package-info")))) {
            Set<String> used = uses.computeIfAbsent(packageOf(user), absent -> new TreeSet<>());
            user.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())
                    .filter(resideInAPackage(ROOT + ".."))
                    .map(ArchitectureTest::packageOf)
                    .filter(other -> !other.equals(packageOf(user)))
                    .forEach(used::add);
        }
        uses.remove("jobs");
        assertThat(rows(uses)).containsExactlyInAnyOrderElementsOf(rows(USES));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingUsesTheJobs() {
        outside(JOBS)
                .should()
                .dependOnClassesThat(resideInAPackage(JOBS + ".."))
                .check(CLASSES);
    }

    @Test
    void sparkStaysInSparkNotebooksAndJobs() {
        outside(ROOT + ".spark", ROOT + ".notebook", JOBS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark..",
                        "org.apache.hadoop..",
                        "org.apache.parquet..",
                        "org.deeplearning4j.spark..",
                        "org.datavec.spark..",
                        "scala..")
                .check(CLASSES);
    }

    @Test
    void networksStayWhereTheyAreMadeAndTrained() {
        outside(ROOT + ".encoder", ROOT + ".math", ROOT + ".model", ROOT + ".train", ROOT + ".spark")
                .and(not(type(TensorBoardListener.class)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco..")
                .check(CLASSES);
    }

    @Test
    void onlyItsEngineUsesOnnxRuntime() {
        outside(ROOT + ".encoder.onnx")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(CLASSES);
    }

    @Test
    void onlyTheJobsPrint() {
        // QuietOutput prints nothing: it filters the output of libraries.
        outside(JOBS)
                .and(not(name(ROOT + ".spark.ml.QuietOutput")))
                .should(ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    @Test
    void onlyTheEntryPointExitsAndOnlyTheCommonJobPrintsStackTraces() {
        noClasses()
                .that(not(name(JOBS + ".Job").or(name(JOBS + ".Main"))))
                .should()
                .accessTargetWhere(
                        member("java.lang.(System|Runtime)", "exit|halt").or(member(".*", "printStackTrace")))
                .check(CLASSES);
    }

    /** Classes that a file names are never run: all other readers of networks, objects and arrays would instantiate them. */
    @Test
    void filesOfNetworksAreReadByOneClass() {
        noClasses()
                .should()
                .accessTargetWhere(member("java.io.ObjectInputStream", ".*")
                        .or(member("org.deeplearning4j.util.ModelSerializer", ".*"))
                        .or(member(
                                "org.deeplearning4j.nn.conf.(ComputationGraph|MultiLayer|NeuralNet)Configuration",
                                "from.*"))
                        .or(member(
                                "org.deeplearning4j.nn.(graph.ComputationGraph|multilayer.MultiLayerNetwork)", "load"))
                        .or(member("org.deeplearning4j.nn.conf.serde.JsonMappers", ".*"))
                        .or(member(".*.(SerializationUtils|ModelGuesser|SparkUtils)", ".*"))
                        .or(member(
                                "org.nd4j.linalg.factory.Nd4j",
                                "read.*|load.*|createFromNpy.*|createNpy.*|createFromNpz.*|fromByteArray"))
                        .or(member("org.nd4j.autodiff.samediff.SameDiff", "load|from.*"))
                        .or(member("org.nd4j.serde.*", ".*")))
                .check(CLASSES);
        noClasses()
                .that(not(nameMatching(ROOT + ".model.NetworkConfiguration.*")))
                .should()
                .accessTargetWhere(member("org.deeplearning4j.nn.conf.NeuralNetConfiguration", "mapper.*"))
                .orShould()
                .dependOnClassesThat(resideInAPackage("org.nd4j.shade.jackson.."))
                .check(CLASSES);
    }

    /** Includes and substitutions are for files of the user: Settings.ofData reads the settings in other files. */
    @Test
    void onlyTheSettingsParseHocon() {
        outside(ROOT + ".settings")
                .should()
                .accessTargetWhere(member("com.typesafe.config.ConfigFactory", ".*"))
                .check(CLASSES);
    }

    /** Draws depend on their keys and not on earlier draws; see KeyedRandom. */
    @Test
    void everyDrawIsKeyed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java.util.Random|java.util.random..*|.*.(ThreadLocal|Splittable|Secure)Random")
                .orShould()
                .accessTargetWhere(member("java.lang.(Strict)?Math", "random")
                        .or(member("java.util.Collections", "shuffle"))
                        .or(member("java.util.UUID", "randomUUID")))
                .check(CLASSES);
    }

    private static GivenClassesConjunction outside(String... packages) {
        String[] trees = Arrays.stream(packages).map(name -> name + "..").toArray(String[]::new);
        return noClasses().that().resideOutsideOfPackages(trees);
    }

    /** A call, a method reference or a field access, by the names of the owner and the member. */
    private static DescribedPredicate<JavaAccess<?>> member(String owner, String name) {
        return target(owner(nameMatching(owner))).and(target(nameMatching(name)));
    }

    private static DescribedPredicate<JavaClass> belongTo(Set<String> packages) {
        return DescribedPredicate.describe("belong to " + packages, type -> packages.contains(packageOf(type)));
    }

    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).replaceFirst("^\\.", "");
    }

    private static final class Packages implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(packageOf(type))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the table's packages";
        }
    }

    /** The rules need names only: without the classes of Spark this takes a second, with them half a minute. */
    private static JavaClasses classes() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT);
    }

    /** Reads the rows {@code | `package` | what it does | used packages |} of the document, without that of the jobs. */
    private static Map<String, Set<String>> table(Path document) {
        try (Stream<String> lines = Files.lines(document)) {
            return lines.map(ROW::matcher)
                    .filter(row -> row.matches() && !row.group("uses").equals("all"))
                    .collect(Collectors.toMap(row -> row.group("package"), row -> names(row.group("uses"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> rows(Map<String, Set<String>> uses) {
        return uses.entrySet().stream()
                .map(row -> row.getKey() + " uses " + String.join(", ", row.getValue()))
                .toList();
    }

    private static Set<String> names(String uses) {
        return uses.equals("–") ? Set.of() : new TreeSet<>(List.of(uses.split(", ")));
    }
}
