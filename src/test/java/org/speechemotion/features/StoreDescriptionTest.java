package org.speechemotion.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.AugmentationChain.Step;
import org.speechemotion.augment.Gain;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;
import org.speechemotion.features.FeatureSettings.Mode;

class StoreDescriptionTest {
    private static final Encoder ENCODER = encoder(LogMelSettings.defaults());
    private static final Map<String, List<String>> SOUNDS = Map.of("/noise", List.of("/noise/a.wav"));

    private final StoreDescription store =
            StoreDescription.of(ENCODER, settings(4, ValueType.FP16), gain(6, 42), SOUNDS);

    @AfterAll
    static void close() {
        ENCODER.close();
    }

    @Test
    void describesItsContent() {
        assertThat(store.encoder()).isEqualTo("log-mel");
        assertThat(store.encoderFingerprint()).isEqualTo(ENCODER.fingerprint());
        assertThat(store.sampleRate()).isEqualTo(16_000);
        assertThat(store.width()).isEqualTo(64);
        assertThat(store.values()).isEqualTo(ValueType.FP16);
        assertThat(store.views()).isEqualTo(4);
        assertThat(store.augmentation()).contains("gain", "probability=0.5", "6.0", "seed=42");
        assertThat(store.augmentationSha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void settingsOfFramesDecideTheHashAndAreNamed() {
        LogMelSettings raw = LogMelSettings.defaults()
                .withBands(40)
                .withNormalization(Normalization.NONE)
                .withFloor(0)
                .withSpeech(0);
        try (Encoder other = encoder(raw)) {
            assertDiffers(
                    StoreDescription.of(other, settings(4, ValueType.FP16), gain(6, 42), SOUNDS),
                    "encoderFingerprint is",
                    "width is 64 there and 40 here");
        }
        assertDiffers(
                StoreDescription.of(ENCODER, settings(2, ValueType.FP16), gain(6, 42), SOUNDS),
                "views is 4 there and 2 here");
        assertDiffers(
                StoreDescription.of(ENCODER, settings(4, ValueType.FP32), gain(6, 42), SOUNDS),
                "values is \"FP16\" there and \"FP32\" here");
        assertDiffers(
                StoreDescription.of(ENCODER, settings(4, ValueType.FP16), gain(5, 42), SOUNDS),
                "augmentation is",
                "augmentationSha256 is");
        assertDiffers(
                StoreDescription.of(ENCODER, settings(4, ValueType.FP16), gain(6, 43), SOUNDS),
                "augmentation is",
                "seed=43");
        assertDiffers(
                StoreDescription.of(
                        ENCODER, settings(4, ValueType.FP16), gain(6, 42), Map.of("/noise", List.of("/noise/b.wav"))),
                "augmentationSha256 is");
        StoreDescription same = StoreDescription.of(ENCODER, settings(4, ValueType.FP16), gain(6, 42), SOUNDS);
        assertThat(same.differences(store)).isEmpty();
        assertThat(same.hash()).isEqualTo(store.hash());
    }

    @Test
    void withoutAugmentationThereAreNoViewsAndWithoutViewsNoAugmentation() {
        StoreDescription unchanging =
                StoreDescription.of(ENCODER, settings(4, ValueType.FP16), AugmentationChain.none(), Map.of());
        StoreDescription none = StoreDescription.of(ENCODER, settings(0, ValueType.FP16), gain(6, 42), SOUNDS);
        assertThat(unchanging).isEqualTo(none);
        assertThat(none.views()).isZero();
        assertThat(none.augmentation()).isEmpty();
    }

    @Test
    void writtenValuesAreReadBack() {
        assertThat(StoreDescription.fromJson(store.toJson())).isEqualTo(store);
        assertThat(new String(store.toJson(), StandardCharsets.UTF_8)).contains("\"views\" : 4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"formatVersion\" : 1 | \"formatVersion\" : 2 | formatVersion is 2; allowed: 1",
                "\"views\" : 4 | \"views\" : -4 | views is -4",
                "\"views\" : 4 | \"views\" : \"many\" | many",
                "\"views\" : 4 | \"view\" : 4 | view",
                "\"values\" : \"FP16\" | \"values\" : \"FP8\" | FP8",
                "\"encoder\" : \"log-mel\" | \"encoder\" : null | encoder",
                "\"width\" : 64 | \"width\" : 64, \"width\" : 65 | width"
            })
    void otherTextsAreRefusedInOneLine(String written, String changed, String named) {
        String json = new String(store.toJson(), StandardCharsets.UTF_8);
        assertThat(json).contains(written);
        byte[] hostile = json.replace(written, changed).getBytes(StandardCharsets.UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreDescription.fromJson(hostile))
                .withMessageContaining(named)
                .satisfies(refused -> assertThat(refused.getMessage()).hasLineCount(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"null", "[]", "''", "{", "{} {}", "7"})
    void otherTextsAreRejected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreDescription.fromJson(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void assertDiffers(StoreDescription here, String... named) {
        assertThat(here.hash()).isNotEqualTo(store.hash());
        assertThat(String.join("; ", here.differences(store))).contains(named);
    }

    private static FeatureSettings settings(int views, ValueType values) {
        return new FeatureSettings(Mode.VIEWS, views, Optional.empty(), values);
    }

    private static AugmentationChain gain(double decibels, long seed) {
        return new AugmentationChain(List.of(new Step("gain", 0.5, new Gain(-decibels, decibels))), seed);
    }

    private static Encoder encoder(LogMelSettings settings) {
        return Encoders.open(EncoderSettings.of("log-mel", 16_000, settings));
    }
}
