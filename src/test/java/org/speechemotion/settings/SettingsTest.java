package org.speechemotion.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.encoder.LogMelSettings;

class SettingsTest {

    private static final Reference REFERENCE = Reference.load("settings/reference.conf");

    @TempDir
    private Path folder;

    enum Kind {
        SMALL_FAST,
        LARGE
    }

    record Head(int hiddenUnits, long lastLayers) {
        Head {
            if (hiddenUnits < 1) {
                throw new IllegalArgumentException("hidden-units is " + hiddenUnits + "; allowed: at least 1");
            }
        }
    }

    record Model(
            Kind kind,
            List<Integer> rates,
            List<String> layers,
            double dropout,
            long seed,
            Optional<String> input,
            Optional<Integer> limit,
            Head head) {}

    record Audio(int sampleRate, boolean trim) {}

    @Test
    void defaultsBindToRecords() {
        Settings settings = load();
        assertThat(settings.bind("model", Model.class))
                .isEqualTo(new Model(
                        Kind.SMALL_FAST,
                        List.of(1, 2),
                        List.of("a", "b"),
                        0.1,
                        7,
                        Optional.empty(),
                        Optional.empty(),
                        new Head(128, 7)));
        assertThat(settings.bind("audio", Audio.class)).isEqualTo(new Audio(16_000, false));
    }

    @Test
    void laterLayersWin() throws IOException {
        Path first = file("first.conf", "audio { sample-rate = 8000, trim = true }\nmodel.seed = 1");
        Path second = file("second.conf", "model.seed = 2");
        Settings settings = Settings.load(REFERENCE, List.of(first, second), List.of("audio.sample-rate=22050"));
        assertThat(settings.bind("audio", Audio.class)).isEqualTo(new Audio(22_050, true));
        assertThat(settings.bind("model", Model.class).seed()).isEqualTo(2);
        // The reference's own substitution sees the overriding value.
        assertThat(settings.bind("model.head", Head.class).lastLayers()).isEqualTo(2);
    }

    @Test
    void anArgumentWinsOverASubstitutedSection() throws IOException {
        Path file = file("a.conf", "model.head = ${audio.head}, audio.head { hidden-units = 3, last-layers = 4 }");
        assertRefused(
                () -> Settings.load(REFERENCE, List.of(file), List.of("model.head.hidden-units=5", "audio.trim=true")),
                file + ":1: unknown key audio.head.hidden-units; the nearest known key is model.head.hidden-units");
        Path self = file("b.conf", "model.head = ${model.head} { last-layers = 4 }");
        Settings settings = Settings.load(
                REFERENCE, List.of(self), List.of("model.head.hidden-units=3", "model.head.hidden-units=5"));
        assertThat(settings.bind("model.head", Head.class)).isEqualTo(new Head(5, 4));
    }

    @Test
    void theEnvironmentCanBeSubstituted() throws IOException {
        Path file = file("a.conf", "corpora.ravdess.path = ${?PATH}\nmodel.seed = ${?NO_SUCH_VARIABLE}");
        Settings settings = Settings.load(REFERENCE, List.of(file), List.of());
        assertThat(settings.string("corpora.ravdess.path")).isEqualTo(System.getenv("PATH"));
        assertThat(settings.integer("model.seed")).isEqualTo(7);
    }

    @Test
    void emptySectionsAcceptTheUsersKeys() throws IOException {
        Path file = file("a.conf", "corpora.manifest.labels { joy = happy, \"a.b\" = \"\", 3 = sad }");
        Settings settings = Settings.load(
                REFERENCE,
                List.of(file),
                List.of("corpora.manifest.labels.joy=angry", "corpora.manifest.labels.\"x / y\"=calm"));
        assertThat(settings.texts("corpora.manifest.labels"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("joy", "angry", "a.b", "", "3", "sad", "x / y", "calm"));
        assertThat(load("corpora.manifest.labels={joy = happy}").texts("corpora.manifest.labels"))
                .containsExactly(Map.entry("joy", "happy"));
        assertThat(load().texts("corpora.manifest.labels")).isEmpty();
        assertThat(Settings.load(REFERENCE, List.of(file("again.conf", settings.render())), List.of())
                        .texts("corpora.manifest.labels"))
                .isEqualTo(settings.texts("corpora.manifest.labels"));
    }

    @Test
    void sectionsOfTheUserHoldTexts() throws IOException {
        Path nested = file("nested.conf", "corpora.manifest.labels { a.b = happy }");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        Settings.load(REFERENCE, List.of(nested), List.of()).texts("corpora.manifest.labels"))
                .withMessageContaining("corpora.manifest.labels.a is {\"b\":\"happy\"}; allowed: text");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> load("corpora.manifest.labels=happy").texts("corpora.manifest.labels"))
                .withMessageContaining("corpora.manifest.labels is not a section");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> load("corpora.manifest.labels.x+y=happy"))
                .withMessageContaining("put quotes around");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> load("corpora.manifest.label.joy=happy"))
                .withMessageContaining("unknown key corpora.manifest.label.joy");
    }

    @Test
    void numbersMayComeAsText() throws IOException {
        Path file = file("a.conf", "model { seed = \"12\", dropout = \"5e-1\" }, audio.trim = \"true\"");
        Settings settings = Settings.load(REFERENCE, List.of(file), List.of("model.limit=3"));
        assertThat(settings.integer("model.seed")).isEqualTo(12);
        assertThat(settings.number("model.dropout")).isEqualTo(0.5);
        assertThat(settings.bool("audio.trim")).isTrue();
        assertThat(settings.bind("model", Model.class).limit()).contains(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/archive/**/*.wav",
                "/data/x y",
                "hdfs://h:9000/a",
                "C:\\audio\\a.wav",
                "a # b // c",
                "{a,b}=?$[1]",
                "${HOME}",
                "null",
                "\"a\" and \"b\"",
                " "
            })
    void textsOfArgumentsAreTakenLiterally(String text) {
        assertThat(load("model.input=" + text).string("model.input")).isEqualTo(text);
        assertThat(load("model.limit=" + text).string("model.limit")).isEqualTo(text);
    }

    @Test
    void anArgumentTakesTheTypeOfTheDefault() {
        Model model = load(
                        "model.rates=[3]",
                        "model.layers=[\"hdfs://h/a\", b]",
                        "model.dropout=1e-3",
                        "model.seed= -4 ",
                        "model.kind=\"large\"",
                        "model.input=")
                .bind("model", Model.class);
        assertThat(model)
                .isEqualTo(new Model(
                        Kind.LARGE,
                        List.of(3),
                        List.of("hdfs://h/a", "b"),
                        0.001,
                        -4,
                        Optional.empty(),
                        Optional.empty(),
                        new Head(128, -4)));
    }

    @Test
    void aSingleValueIsAListOfOne() throws IOException {
        assertThat(load("model.layers=ravdess:06", "model.rates=4").bind("model", Model.class))
                .satisfies(model -> {
                    assertThat(model.layers()).containsExactly("ravdess:06");
                    assertThat(model.rates()).containsExactly(4);
                });
        assertThat(load("model.layers=[ravdess:06, crema-d:1001]")
                        .bind("model", Model.class)
                        .layers())
                .containsExactly("ravdess:06", "crema-d:1001");
        Path file = file("one.conf", "model.layers = \"ravdess:06\"");
        assertThat(Settings.load(REFERENCE, List.of(file), List.of())
                        .bind("model", Model.class)
                        .layers())
                .containsExactly("ravdess:06");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audio.sample-rate=fast | argument: audio.sample-rate is \"fast\"; allowed: a whole number",
                "audio.sample-rate=3.7 | argument: audio.sample-rate is 3.7; allowed: a whole number",
                "audio.sample-rate=3000000000 | argument: audio.sample-rate is 3000000000; allowed: a whole number"
                        + " from -2147483648 to 2147483647",
                "audio.sample-rate=1e999999999 | argument: audio.sample-rate is \"1e999999999\"; allowed: a whole"
                        + " number from -2147483648 to 2147483647",
                "audio.sample-rate=5 // five | argument: audio.sample-rate is \"5 // five\"; allowed: a whole number",
                "audio.trim=yes | argument: audio.trim is \"yes\"; allowed: true or false"
            })
    void wrongTypesNameKeyOriginAndAllowedValues(String argument, String message) {
        assertRefused(() -> load(argument).bind("audio", Audio.class), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model.kind=huge | argument: model.kind is \"huge\"; allowed: one of small-fast, large",
                "model.dropout=NaN | argument: model.dropout is \"NaN\"; allowed: a number",
                "model.layers=a,b | argument: model.layers is \"a,b\"; allowed: a list, such as [a, b]",
                "model.layers= | argument: model.layers is \"\"; allowed: a list, such as [a, b]",
                "model.layers=[a] # b] | argument: model.layers is \"[a] # b]\"; allowed: a list, such as [a, b]",
                "model.rates=[1,x] | argument: model.rates[1] is \"x\"; allowed: a whole number",
                "model.rates=x | argument: model.rates is \"x\"; allowed: a whole number",
                "model.head.last-layers=many | argument: model.head.last-layers is \"many\"; allowed: a whole number",
                "model.head.hidden-units=many | argument: model.head.hidden-units is \"many\"; allowed: a whole"
                        + " number, at least 1",
                "model.head.hidden-units=0 | model.head: hidden-units is 0; allowed: at least 1"
            })
    void aWrongValueIsExplained(String argument, String message) {
        assertRefused(() -> load(argument).bind("model", Model.class), message);
    }

    @Test
    void errorsInFilesNameTheLine() throws IOException {
        Path wrong = file("wrong.conf", "\naudio {\n  sample-rate = [1]\n}");
        assertRefused(
                () -> Settings.load(REFERENCE, List.of(wrong), List.of()).bind("audio", Audio.class),
                wrong + ":3: audio.sample-rate is [1]; allowed: a whole number");
        Path unknown = file("unknown.conf", "audio {\n  sampel-rate = 1\n}");
        assertRefused(
                () -> Settings.load(REFERENCE, List.of(unknown), List.of()),
                unknown + ":2: unknown key audio.sampel-rate; the nearest known key is audio.sample-rate");
        Path section = file("section.conf", "audio = 3");
        assertRefused(
                () -> Settings.load(REFERENCE, List.of(section), List.of()),
                section + ":1: audio is a section, not a key; set one of the keys in it");
        Path nothing = file("null.conf", "audio.other = null");
        assertRefused(
                () -> Settings.load(REFERENCE, List.of(nothing), List.of()),
                nothing + ":1: unknown key audio.other; the nearest known key is audio.trim");
        Path malformed = file("malformed.conf", "audio {\n  sample-rate = \n  ] }");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.load(REFERENCE, List.of(malformed), List.of()))
                .withMessageContaining("malformed.conf: 3")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        Path missing = folder.resolve("missing.conf");
        assertRefused(
                () -> Settings.load(REFERENCE, List.of(missing), List.of()),
                "configuration file " + missing + " does not exist or is not a file");
        Path unresolved = file("unresolved.conf", "model.input = ${NO_SUCH_VARIABLE}");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.load(REFERENCE, List.of(unresolved), List.of()))
                .withMessageContaining("NO_SUCH_VARIABLE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audio.sample-rte=1 | argument audio.sample-rte=1: unknown key audio.sample-rte; the nearest known key"
                        + " is audio.sample-rate",
                "sample-rate=1 | argument sample-rate=1: unknown key sample-rate; the nearest known key is"
                        + " audio.sample-rate",
                "akka.loglevel=INFO | argument akka.loglevel=INFO: unknown key akka.loglevel; the nearest known key is"
                        + " model.seed",
                "audio=1 | argument audio=1: audio is a section, not a key; set one of the keys in it",
                "verbose | argument verbose: must be key=value",
                "=1 | argument =1: must be key=value"
            })
    void aMalformedOrUnknownArgumentIsRefused(String argument, String message) {
        assertRefused(() -> load(argument), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include \"other.conf\"",
                "include required(\"other.conf\")",
                "include file(\"%s\")",
                "include required(file(\"%s\"))",
                "include url(\"file:%s\")",
                "include url(\"http://127.0.0.1:1/\")",
                "include classpath(\"reference.conf\")",
                "a { include \"reference.conf\" }"
            })
    void dataIncludesNothing(String text) throws IOException {
        Path other = file("other.conf", "encoder.path = /tmp");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.ofData(text.formatted(other) + "\nb = 1", "model.json"))
                .withMessageMatching("model\\.json: it includes \\S+, but may only hold values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${PATH}", "${?PATH}", "${user.home}", "\"a\"${PATH}", "${b}", "[${?HF_TOKEN}]"})
    void dataSubstitutesNothing(String value) {
        assertRefused(
                () -> Settings.ofData("b = 1\na = " + value, "model.json"),
                "model.json: it has substitutions (${…}), but may only hold values");
    }

    @Test
    void dataHoldsOnlyValues() {
        Settings settings = Settings.ofData("a { b = 1, c = [x, \"${PATH}\"] }", "model.json");
        assertThat(settings.integer("a.b")).isEqualTo(1);
        assertThat(settings.config().getStringList("a.c")).containsExactly("x", "${PATH}");
        assertThat(Settings.ofData(Settings.ofTexts("").render(), "model.json").config())
                .isEqualTo(Settings.ofTexts("").config());
    }

    @Test
    void dataIsBounded() {
        assertRefused(
                () -> Settings.ofData("a=[" + "[".repeat(500_000), "model.json"), "model.json: is nested too deeply");
        assertRefused(
                () -> Settings.ofData(" ".repeat((1 << 20) + 1), "model.json"),
                "model.json: has 1048577 characters; allowed are 1048576");
    }

    @Test
    void absentValuesAreMissing() {
        Settings settings = Settings.of(ConfigFactory.parseString("a { path = \"\", limit = null }"));
        assertThat(settings.optionalString("a.path")).isEmpty();
        assertThat(settings.optionalString("a.limit")).isEmpty();
        assertThat(settings.optionalString("a.other")).isEmpty();
        assertThat(settings.string("a.path")).isEmpty();
        assertRefused(() -> settings.string("a.limit"), "a.limit is not set");
        assertRefused(() -> settings.bind("audio", Audio.class), "audio is not set");
        assertRefused(() -> settings.bind("a", Audio.class), "a.sample-rate is not set");
    }

    @Test
    void renderedSettingsLoadEqual() throws IOException {
        Settings settings = load("model.layers=[\"x # y\"]", "model.input=a \"b\" \\ // c\n", "model.dropout=1e-7");
        Path saved = file("saved.conf", settings.render());
        Settings loaded = Settings.load(REFERENCE, List.of(saved), List.of());
        assertThat(loaded.config()).isEqualTo(settings.config());
        assertThat(loaded.render()).isEqualTo(settings.render()).doesNotContain("akka", "sections", "#  ");
        assertThat(settings.render()).containsSubsequence("audio", "corpora", "model", "dropout", "head", "seed");
    }

    @Test
    void otherReferencesAreRejected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Reference.load("settings/no-such.conf"))
                .withMessageContaining("speech-emotion-spark.sections");
    }

    @Test
    void theProjectsReferenceListsAllItsSectionsAndBinds() {
        Set<String> written = ConfigFactory.parseResources(
                        SettingsTest.class.getClassLoader(), "reference.conf", ConfigParseOptions.defaults())
                .withoutPath("speech-emotion-spark")
                .root()
                .keySet();
        Settings settings = Settings.load(List.of(), List.of());
        assertThat(settings.config().root().keySet()).isEqualTo(written);
        assertThat(settings.bind("encoder.log-mel", LogMelSettings.class)).isEqualTo(LogMelSettings.defaults());
    }

    @Test
    void helpShowsKeysDefaultsAndComments() {
        assertThat(KeyHelp.describe(
                        REFERENCE,
                        List.of("audio", "model.head.last-layers", "corpora"),
                        Map.of("corpora.ravdess.path", "The folder.")))
                .isEqualTo(
                        """
                        audio.sample-rate = 16000
                            Sample rate, in Hz.
                        audio.trim = false
                            Whether to trim.
                            Allowed: true, false.

                        model.head.last-layers = 7

                        corpora.ravdess.path = ""
                            The folder.

                        corpora.manifest.labels = {}
                        """);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyHelp.describe(REFERENCE, List.of("aud"), Map.of()))
                .withMessageContaining("aud");
        assertThat(KeyHelp.describe(List.of("audio.sample-rate"), Map.of()))
                .startsWith("audio.sample-rate = 16000\n    Sample rate");
    }

    @Test
    void valuesOfSectionsHaveFullKeys() {
        assertThat(load("audio.trim=true").values(List.of("audio", "absent")))
                .containsExactly(Map.entry("audio.sample-rate", "16000"), Map.entry("audio.trim", "true"));
        assertThat(load().values(List.of("model")))
                .containsEntry("model.rates", "[1,2]")
                .containsEntry("model.kind", "\"small-fast\"");
    }

    private static Settings load(String... assignments) {
        return Settings.load(REFERENCE, List.of(), List.of(assignments));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static void assertRefused(Runnable action, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(action::run)
                .withMessage(message);
    }
}
