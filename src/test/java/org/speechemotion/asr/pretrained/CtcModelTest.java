package org.speechemotion.asr.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.speechemotion.asr.RecognizerSettings;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.PretrainedSettings.Engine;
import org.speechemotion.encoder.transformer.ExpectedStates;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.weights.WeightsException;

/** Compares CTC models with Hugging Face transformers 5.18.0 on PyTorch 2.13.0. */
class CtcModelTest {
    private static final List<String> MODELS = List.of("wav2vec2-ctc", "hubert-ctc");

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void logitsAreThoseOfHuggingFace(Engine engine) {
        for (String name : MODELS) {
            CtcModel model = CtcModel.open(settings(name));
            ExpectedStates expected = ExpectedStates.of(Folders.path(name));
            try (Encoder encoder = Encoders.open(model.encoder(engine, 1))) {
                List<Frames> states = encoder.encode(expected.waves());
                float[] logits = new float[model.head().outputs()];
                for (int clip = 0; clip < states.size(); clip++) {
                    float[] known = expected.read("single." + clip + ".logits");
                    Frames frames = states.get(clip);
                    assertThat(known).hasSize(frames.time() * logits.length);
                    double farthest = 0;
                    for (int frame = 0; frame < frames.time(); frame++) {
                        model.head().apply(frames.values(), frame, logits);
                        for (int i = 0; i < logits.length; i++) {
                            farthest =
                                    Math.max(farthest, Math.abs((double) logits[i] - known[frame * logits.length + i]));
                        }
                    }
                    assertThat(farthest).as("%s, clip %d", name, clip).isLessThan(1e-4);
                }
            }
        }
    }

    /** Returns the words of {@code Wav2Vec2CTCTokenizer.decode(ids, output_word_offsets=True)} for the best token of each frame. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "wav2vec2-ctc; 0; EYVEYE<s>YVYVL<s>V</s>VY<s>AYBYL<s>YEVLWYVYDYKQYKYREYEMLY<s>VLEVYEYWYK 0 74",
                "wav2vec2-ctc; 1; YV<s>YV<s>YV<s>Y<s>YV<s>Y<s>YV<s>YV<s>YVY<s>YVY<s>YVYEYV 0 49",
                "wav2vec2-ctc; 2; AYR<s>YVLY<s>YV<s>YVYV</s>V 0 21",
                "hubert-ctc; 0; UPQVUZUZUPUZUZPUPZSUSZPSURUPURPUSUFZSTUJXURZ<s>UZFXSUEUFUXJUX 0 74",
                "hubert-ctc; 1; 'LXZU 0 5 'PU 6 10 ZPZUXZUZUXZUZUPUZUXPUZUXZUXRXUTRU 11 49",
                "hubert-ctc; 2; URL<s>S<s>ZSXUZSUSRSURU 0 21",
            })
    void greedyTextAndTimesAreThoseOfHuggingFace(String name, int clip, String expected) {
        try (SpeechRecognizer recognizer = CtcModel.recognizer(settings(name), Engine.ONNX, 1)) {
            Transcript transcript = recognizer.transcribe(
                    ExpectedStates.of(Folders.path(name)).waves().get(clip));
            String[] fields = expected.strip().split(" ", -1);
            assertThat(transcript.words()).hasSize(fields.length / 3);
            for (int i = 0; i < fields.length; i += 3) {
                Word word = transcript.words().get(i / 3);
                assertThat(word.text()).isEqualTo(fields[i]);
                assertThat(word.startSeconds()).isEqualTo(Integer.parseInt(fields[i + 1]) * 0.02);
                assertThat(word.endSeconds()).isEqualTo(Integer.parseInt(fields[i + 2]) * 0.02);
                assertThat(word.confidence()).isBetween(1.0 / 32, 1.0);
            }
        }
    }

    /** The last hidden states are Hugging Face's; the head is made here. */
    @Test
    void aWavLmWithAHeadIsAModel() throws IOException {
        Path folder = copy("wavlm-large");
        Files.copy(Folders.path("hubert-ctc").resolve("vocab.json"), folder.resolve("vocab.json"));
        float[] head = new float[32 * 32 + 32];
        KeyedRandom random = new KeyedRandom(5);
        for (int i = 0; i < head.length; i++) {
            head[i] = (float) random.nextDouble(-1, 1);
        }
        addHead(folder.resolve("model.safetensors"), head);
        CtcModel model = CtcModel.open(RecognizerSettings.at(folder.toString()));
        ExpectedStates expected = ExpectedStates.of(Folders.path("wavlm-large"));
        try (Encoder encoder = Encoders.open(model.encoder(Engine.ONNX, 1))) {
            List<Frames> states = encoder.encode(expected.waves());
            float[] logits = new float[32];
            for (int clip = 0; clip < states.size(); clip++) {
                float[] last = expected.last(clip);
                for (int frame = 0; frame < states.get(clip).time(); frame++) {
                    model.head().apply(states.get(clip).values(), frame, logits);
                    for (int output = 0; output < 32; output++) {
                        double sum = head[32 * 32 + output];
                        for (int i = 0; i < 32; i++) {
                            sum += (double) last[frame * 32 + i] * head[output * 32 + i];
                        }
                        assertThat(Math.abs(logits[output] - sum)).isLessThan(1e-3);
                    }
                }
            }
        }
    }

    /** Appends {@code lm_head.weight} and {@code lm_head.bias} of 32 outputs to a file of safetensors. */
    private static void addHead(Path file, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] before = new byte[(int) bytes.getLong()];
        bytes.get(before);
        int end = bytes.remaining();
        int middle = end + 32 * 32 * Float.BYTES;
        String weight =
                "{\"lm_head.weight\":{\"dtype\":\"F32\",\"shape\":[32,32],\"data_offsets\":[" + end + "," + middle
                        + "]},\"lm_head.bias\":{\"dtype\":\"F32\",\"shape\":[32],\"data_offsets\":[" + middle + ","
                        + (middle + 32 * Float.BYTES) + "]},";
        byte[] after = new String(before, StandardCharsets.UTF_8)
                .strip()
                .replaceFirst("\\{", weight)
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(Long.BYTES + after.length + end + values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(after.length)
                .put(after)
                .put(bytes);
        for (float value : values) {
            all.putFloat(value);
        }
        Files.write(file, all.array());
    }

    @Test
    void beamSearchRunsOverAModelsLogitsAndRepeats() {
        RecognizerSettings settings = settings("hubert-ctc").withBeamWidth(20);
        try (SpeechRecognizer recognizer = CtcModel.recognizer(settings, Engine.ONNX, 1)) {
            float[] wave = ExpectedStates.of(Folders.path("hubert-ctc")).waves().get(2);
            assertThat(recognizer.transcribe(wave).words()).isNotEmpty();
            assertThat(recognizer.transcribe(wave)).isEqualTo(recognizer.transcribe(wave));
        }
    }

    @Test
    void theShortestSignalsAreTranscribed() {
        try (SpeechRecognizer recognizer = CtcModel.recognizer(settings("hubert-ctc"), Engine.ONNX, 1)) {
            assertThat(recognizer.transcribe(new float[0])).isEqualTo(Transcript.EMPTY);
            assertThat(recognizer.transcribe(new float[1]).words()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void opensFoldersOfTransformers5() throws IOException {
        Path folder = copy("wav2vec2-ctc");
        Files.delete(folder.resolve("preprocessor_config.json"));
        Files.writeString(
                folder.resolve("processor_config.json"),
                "{\"feature_extractor\": {\"do_normalize\": false, \"sampling_rate\": 16000}}");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"Wav2Vec2CTCTokenizer\"}");
        assertThat(CtcModel.open(RecognizerSettings.at(folder.toString())).sampleRate())
                .isEqualTo(16_000);
    }

    @Test
    void anEncoderWithoutAHeadIsRefused() throws IOException {
        Path folder = copy("hubert-base");
        Files.copy(Folders.path("hubert-ctc").resolve("vocab.json"), folder.resolve("vocab.json"));
        assertThatThrownBy(() -> CtcModel.open(RecognizerSettings.at(folder.toString())))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("the weights lack the tensor lm_head.weight, which has shape [32, 32]");
    }

    @Test
    void theFingerprintDependsOnTheTokenizer() throws IOException {
        Path folder = copy("hubert-ctc");
        String before = CtcModel.open(RecognizerSettings.at(folder.toString())).fingerprint();
        assertThat(CtcModel.open(settings("hubert-ctc")).fingerprint()).isEqualTo(before);
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": true}");
        assertThat(CtcModel.open(RecognizerSettings.at(folder.toString())).fingerprint())
                .isNotEqualTo(before);
    }

    private Path copy(String name) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(name));
        try (Stream<Path> files = Files.list(Folders.path(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return folder;
    }

    private static RecognizerSettings settings(String name) {
        return RecognizerSettings.at(Folders.path(name).toString());
    }
}
