package org.speechemotion.encoder.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderContract;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.Engine;
import org.speechemotion.encoder.PretrainedSettings.ExecutionProvider;
import org.speechemotion.encoder.PretrainedSettings.FineTuning;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.SpeechFrames;
import org.speechemotion.encoder.transformer.ExpectedStates;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.model.FrontEnd;
import org.speechemotion.weights.WeightsException;

class PretrainedEncoderTest extends EncoderContract {
    private static final FineTuning ALL = new FineTuning(0, false, true);

    @Override
    protected Encoder open() {
        return open(settings("hubert-large", "last", FineTuning.NONE, 60));
    }

    @Override
    protected List<Encoder> openOthers() {
        return List.of(
                open(settings("hubert-base", "last", FineTuning.NONE, 60)),
                open(settings("hubert-large", "2", FineTuning.NONE, 60)),
                open(settings("hubert-large", "last", new FineTuning(2, true, true), 60)),
                open(settings("hubert-large", "weighted", FineTuning.NONE, 60)),
                open(settings("hubert-large", "last", ALL, 60)),
                open(settings("hubert-large", "last", new FineTuning(0, false, false), 60)),
                open(settings("hubert-large", "last", FineTuning.NONE, 10)));
    }

    @Override
    protected float tolerance() {
        return 2e-5f;
    }

    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "hubert-large", "wavlm-base", "wavlm-large"})
    void agreesWithHuggingFaceForTheRawWaveform(String name) {
        try (Encoder encoder = open(settings(name, "last", FineTuning.NONE, 60))) {
            ExpectedStates expected = ExpectedStates.of(Folders.path(name));
            for (int clip = 0; clip < 3; clip++) {
                Frames frames =
                        encoder.encode(List.of(expected.waves().get(clip))).get(0);
                assertThat(frames.values()).containsExactly(expected.last(clip), within(2e-5f));
            }
        }
    }

    @Test
    void weightedGivesAllHiddenStatesSideBySide() {
        try (Encoder encoder = open(settings("wavlm-base", "weighted", FineTuning.NONE, 60))) {
            ExpectedStates expected = ExpectedStates.of(Folders.path("wavlm-base"));
            assertThat(encoder.width()).isEqualTo(4 * 32);
            Frames frames = encoder.encode(List.of(expected.waves().get(1))).get(0);
            for (int state = 0; state < 4; state++) {
                float[] hidden = expected.hidden(1, state);
                for (int i = 0; i < hidden.length; i++) {
                    float value = frames.values()[i / 32 * 128 + state * 32 + i % 32];
                    assertThat(value).isCloseTo(hidden[i], within(2e-5f));
                }
            }
        }
    }

    /** Convolutions that are normalised frame by frame see no farther than their field: windows change nothing. */
    @Test
    void framesOfWindowsAreAlignedWithTheWholeClip() {
        try (Encoder whole = open(settings("hubert-large", "last", ALL, 60));
                Encoder windows = open(settings("hubert-large", "last", ALL, 1))) {
            ExpectedStates expected = ExpectedStates.of(Folders.path("hubert-large"));
            float[] clip = new float[16_000 * 7 + 123];
            float[] wave = expected.waves().get(0);
            for (int i = 0; i < clip.length; i++) {
                clip[i] = wave[i % wave.length];
            }
            assertThat(windows.encode(List.of(clip)).get(0).values())
                    .containsExactly(whole.encode(List.of(clip)).get(0).values(), within(2e-5f));
        }
    }

    @Test
    void longClipsAreEncodedInWindows() {
        try (Encoder encoder = open(settings("hubert-base", "last", FineTuning.NONE, 2))) {
            float[] clip = new float[16_000 * 125];
            clip[5] = 1;
            Frames frames = encoder.encode(List.of(clip)).get(0);
            assertThat(frames.time()).isEqualTo(encoder.maxFrames(clip.length)).isEqualTo(6249);
        }
    }

    @ParameterizedTest
    @EnumSource
    void enginesAgree(Engine engine) {
        PretrainedSettings settings =
                settings("wavlm-large", "last", FineTuning.NONE, 60).runBy(engine, 2);
        try (Encoder encoder = open(settings)) {
            ExpectedStates expected = ExpectedStates.of(Folders.path("wavlm-large"));
            assertThat(encoder.encode(List.of(expected.waves().get(2))).get(0).values())
                    .containsExactly(expected.last(2), within(2e-5f));
        }
    }

    @Test
    void eightBitIntegersAreAnotherEncoder() {
        PretrainedSettings exact =
                settings("hubert-base", "last", FineTuning.NONE, 60).runBy(Engine.ONNX, 1);
        try (Encoder encoder = open(exact);
                Encoder approximate = open(exact.withPrecision(Precision.INT8))) {
            List<float[]> clips = ExpectedStates.of(Folders.path("hubert-base")).waves();
            assertThat(approximate.fingerprint()).isNotEqualTo(encoder.fingerprint());
            assertThat(approximate.encode(clips)).isNotEqualTo(encoder.encode(clips));
        }
    }

    @Test
    void onlyOnnxRuntimeHasEightBitIntegersAndGpus() {
        PretrainedSettings graph =
                settings("hubert-base", "last", FineTuning.NONE, 60).runBy(Engine.GRAPH, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.withPrecision(Precision.INT8))
                .withMessage("encoder.precision is int8 and encoder.engine is graph; allowed with int8: onnx");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.withProcessor(new Processor(ExecutionProvider.CUDA, 0)))
                .withMessage("encoder.provider is cuda and encoder.engine is graph; allowed with cuda: onnx");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.runBy(Engine.ONNX, 1)
                        .withPrecision(Precision.INT8)
                        .withProcessor(new Processor(ExecutionProvider.CUDA, 0)))
                .withMessage(
                        "encoder.precision is int8 and encoder.provider is cuda; allowed with cuda: float32, float16");
    }

    @Test
    void withoutAFrozenPartItReturnsTheWaveform() {
        try (Encoder encoder = open(settings("hubert-base", "last", new FineTuning(0, false, false), 60))) {
            float[] clip = new float[1000];
            clip[3] = 0.5f;
            assertThat(encoder.encode(List.of(clip)).get(0)).isEqualTo(new Frames(clip, 1000, 1));
        }
    }

    @Test
    void silenceBeforeAndAfterIsCutOff() {
        float[] wave = ExpectedStates.of(Folders.path("hubert-base")).waves().get(0);
        float[] longer = new float[wave.length + 32_000];
        System.arraycopy(wave, 0, longer, 16_000, wave.length);
        PretrainedSettings whole = settings("hubert-base", "last", FineTuning.NONE, 60);
        try (Encoder trimming = open(whole.withTrim(30));
                Encoder encoder = open(whole)) {
            float[] trimmed = SpeechFrames.trim(longer, 16_000, 30);
            assertThat(trimmed.length).isBetween(wave.length, wave.length + 2_000);
            assertThat(trimming.encode(List.of(longer))).isEqualTo(encoder.encode(List.of(trimmed)));
            assertThat(trimming.fingerprint()).isNotEqualTo(encoder.fingerprint());
        }
    }

    @Test
    void allThatLiesBelowAdaptersIsFrozen() {
        Lora lora = Lora.NONE.withRank(4);
        for (FineTuning tuning : List.of(new FineTuning(2, true, true, lora), new FineTuning(0, false, true, lora))) {
            try (PretrainedEncoder encoder = (PretrainedEncoder) open(settings("hubert-large", "last", tuning, 60))) {
                int frozen = tuning.freezeEncoder() ? encoder.config().layers() - 2 : 0;
                assertThat(encoder.split().frozen()).contains(new Tap.Hidden(frozen));
                assertThat(encoder.frontEnd(new Sgd(0.1)))
                        .isInstanceOfSatisfying(FrontEnd.Adapted.class, adapted -> assertThat(adapted.lora())
                                .isEqualTo(lora));
            }
        }
        try (Encoder trained = open(settings("hubert-large", "last", new FineTuning(2, true, true), 60));
                Encoder adapted = open(settings("hubert-large", "last", new FineTuning(2, true, true, lora), 60))) {
            assertThat(adapted.fingerprint()).as("stores of frames serve both").isEqualTo(trained.fingerprint());
        }
    }

    @Test
    void settingsThatDoNotFitTheFolderAreRefused() {
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> open(settings("hubert-base", "4", FineTuning.NONE, 60)))
                .withMessageContaining("encoder.layer is 4")
                .withMessageContaining("allowed: 0 to 3");
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> open(settings("hubert-base", "2", new FineTuning(3, true, true), 60)))
                .withMessageContaining("unfreeze-last-n-layers is 3")
                .withMessageContaining("allowed: 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(settings("hubert-base", "weighted", ALL, 60)))
                .withMessageContaining("encoder.layer = weighted requires a frozen encoder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(settings("hubert-base", "first", FineTuning.NONE, 60)))
                .withMessageContaining("encoder.layer is first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Encoders.open(EncoderSettings.of("transformer", 16_000, LogMelSettings.defaults())))
                .withMessageContaining("encoder.path");
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Encoders.open(EncoderSettings.of("transformer", 8_000, LogMelSettings.defaults())
                        .with(settings("hubert-base", "last", FineTuning.NONE, 60))))
                .withMessageContaining("audio.sample-rate is 8000; allowed: 16000")
                .withMessageContaining("8000");
    }

    private static Encoder open(PretrainedSettings settings) {
        return Encoders.open(EncoderSettings.of("transformer", 16_000, LogMelSettings.defaults())
                .with(settings));
    }

    private static PretrainedSettings settings(String folder, String layer, FineTuning tuning, double window) {
        return PretrainedSettings.at(Folders.path(folder).toString())
                .withLayer(layer)
                .withFineTuning(tuning)
                .withTrim(0)
                .runBy(Engine.ONNX, 1)
                .withWindows(window, window / 10);
    }
}
