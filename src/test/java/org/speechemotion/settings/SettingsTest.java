package org.speechemotion.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.encoder.LogMelSettings;

class SettingsTest extends SettingsFixture {
    @Test
    void defaultsBindToRecords() {
        Settings settings = load();
        assertThat(settings.bind("model", Model.class))
                .hasToString("Model[kind=SMALL_FAST, rates=[1, 2], layers=[a, b], dropout=0.1, seed=7,"
                        + " input=Optional.empty, limit=Optional.empty, head=Head[hiddenUnits=128, lastLayers=7]]");
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
                .hasToString("Model[kind=LARGE, rates=[3], layers=[hdfs://h/a, b], dropout=0.001, seed=-4,"
                        + " input=Optional.empty, limit=Optional.empty, head=Head[hiddenUnits=128, lastLayers=-4]]");
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
}
