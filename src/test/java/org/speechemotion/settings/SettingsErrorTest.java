package org.speechemotion.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the messages about wrong settings, and the limits of settings from models. */
class SettingsErrorTest extends SettingsFixture {
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
                "verbose | argument is verbose; allowed: key=value",
                "=1 | argument is =1; allowed: key=value"
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
                "model.json: has 1048577 characters; allowed: at most 1048576");
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
    void otherReferencesAreRejected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Reference.load("settings/no-such.conf"))
                .withMessageContaining("speech-emotion-spark.sections");
    }
}
