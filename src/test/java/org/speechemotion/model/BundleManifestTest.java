package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.acoustics.AcousticProperty;
import org.speechemotion.metrics.Calibrator;

class BundleManifestTest {
    private static final BundleManifest MANIFEST = TinyNetwork.draft(Map.of("uar", 0.5, "best_epoch", 3))
            .identified("0123456789abcdef", Map.of("model.zip", "0".repeat(64)));

    @Test
    void survivesJson() {
        assertThat(BundleManifest.fromJson(MANIFEST.toJson())).isEqualTo(MANIFEST);
    }

    @Test
    void equalManifestsHaveEqualJson() {
        assertThat(BundleManifest.fromJson(MANIFEST.toJson()).toJson()).isEqualTo(MANIFEST.toJson());
    }

    @Test
    void fieldsOfLaterReleasesAreIgnored() {
        assertThat(read(json().replaceFirst("\\{", "{ \"later\" : [ 1 ],"))).isEqualTo(MANIFEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "3", "1", "-1"})
    void anotherFormatIsRefused(String version) {
        refused(
                json().replace("\"formatVersion\" : 4", "\"formatVersion\" : " + version),
                "model.json has format version " + version + "; this version reads 4, so train the model again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0", "-1.0", "NaN", "Infinity"})
    void theTemperatureIsANumberAboveZero(String temperature) {
        refused(
                json().replace("\"temperature\" : 1.5", "\"temperature\" : \"" + temperature + "\""),
                "model.json has temperature " + temperature + "; allowed: a finite number above 0");
    }

    @Test
    void theFormatHasATemperature() {
        refused(
                json().replaceFirst("\"temperature\" : 1.5,", ""),
                "model.json has temperature 0.0; allowed: a finite number above 0");
    }

    @Test
    void theBiasAndTheAcousticsMayBeMissing() {
        String earlier = json().replaceFirst("\"bias\" : \\[ ],", "").replaceFirst("\"acoustics\" : null,", "");
        assertThat(earlier).doesNotContain("bias", "acoustics");
        assertThat(read(earlier)).isEqualTo(MANIFEST);
        assertThat(MANIFEST.calibrator()).isEqualTo(Calibrator.of(1.5));
    }

    @Test
    void theAcousticsOfTheTrainingAreQuantiles() {
        String quantiles = "{ \"recordings\" : 3, \"quantiles\" : { \"level\" : [ %s ] } }";
        BundleManifest known = read(json().replace(
                        "\"acoustics\" : null", "\"acoustics\" : " + quantiles.formatted("1, 2, 3, 4, 5, 6, 7, 8, 9")));
        assertThat(known.acoustics().quantile(AcousticProperty.LEVEL, 0.5)).contains(5.0);
        assertThat(BundleManifest.fromJson(known.toJson())).isEqualTo(known);
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() ->
                        read(json().replace("\"acoustics\" : null", "\"acoustics\" : " + quantiles.formatted("1, 2"))))
                .withMessageContaining("quantiles.level is [1.0, 2.0]; allowed: 9 finite numbers in ascending order");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[ 1 ]", "[ 0, 0, 0, 0, 0, 0, 0, 21 ]", "[ 0, 0, 0, 0, 0, 0, 0, \"NaN\" ]"})
    void theBiasIsOneBoundedNumberForEachEmotion(String bias) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> read(json().replace("\"bias\" : [ ]", "\"bias\" : " + bias)))
                .withMessageMatching("model.json(: bias is| has bias) \\[.*");
    }

    @Test
    void theFormatIsCheckedFirst() {
        refused(
                "{\"formatVersion\": 5, \"labels\": {}}",
                "model.json has format version 5; this version reads 4, so train the model again");
    }

    @Test
    void theManifestHasTheEmotionsOfTheModel() {
        assertThat(read(json().replace("\"calm\"", "\"bored\"")).emotions().ids())
                .containsExactly("neutral", "bored", "happy", "sad", "angry", "fearful", "disgust", "surprised");
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence", "Calm", "a b", "happy", ""})
    void invalidNamesOfEmotionsAreRejected(String label) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> read(json().replace("\"calm\"", "\"" + label + "\"")))
                .withMessageStartingWith("model.json has the labels [neutral, " + label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "3", "[]", "not json", "{", "{\"formatVersion\": 4,\n\n\"labels\": 7}", "\0\0"})
    void otherFilesAreRejectedInOneLine(String json) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> read(json))
                .withMessageStartingWith("model.json ")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("\n"));
    }

    @Test
    void deepNestingIsRefused() {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> read("{\"formatVersion\": 4, \"metrics\": {\"a\": " + "[".repeat(1_000_000)))
                .withMessageStartingWith("model.json is not a valid manifest: ");
    }

    @ParameterizedTest
    @CsvSource({
        "labels",
        "encoderPath",
        "encoderFingerprint",
        "settings",
        "split",
        "files",
        "sampleRate",
        "timeMultiple"
    })
    void missingFieldsAreRejected(String field) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> read(json().replace("\"" + field + "\"", "\"other\"")))
                .withMessageContaining(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../secret", "", "0123"})
    void invalidChecksumsAreRejected(String hash) {
        BundleManifest manifest = MANIFEST.identified("0123456789abcdef", Map.of("model.zip", hash));
        refused(
                new String(manifest.toJson(), StandardCharsets.UTF_8),
                "model.json has files.model.zip " + hash + "; allowed: a SHA-256 of 64 hexadecimal digits");
    }

    @Test
    void theWeightsHaveAChecksum() {
        refused(json().replace("\"model.zip\"", "\"other.zip\""), "model.json lacks files.model.zip");
    }

    @ParameterizedTest
    @CsvSource({"timeMultiple, 2, 0", "timeMultiple, 2, -2", "sampleRate, 16000, 0"})
    void numbersMustBePositive(String field, int value, int other) {
        refused(
                json().replace("\"" + field + "\" : " + value, "\"" + field + "\" : " + other),
                "model.json has " + field + " " + other + "; allowed: at least 1");
    }

    private static void refused(String json, String message) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> read(json))
                .withMessage(message);
    }

    private static String json() {
        return new String(MANIFEST.toJson(), StandardCharsets.UTF_8);
    }

    private static BundleManifest read(String json) {
        return BundleManifest.fromJson(json.getBytes(StandardCharsets.UTF_8));
    }
}
