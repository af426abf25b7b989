package org.speechemotion.asr.pretrained;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.speechemotion.asr.ArpaFile;
import org.speechemotion.asr.CtcDecoder;
import org.speechemotion.asr.CtcVocabulary;
import org.speechemotion.asr.RecognizerSettings;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.WordScorer;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.pretrained.PretrainedEncoder;
import org.speechemotion.encoder.transformer.ConfigFile;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.weights.Fingerprint;
import org.speechemotion.weights.WeightsException;

/**
 * The parts of a CTC model without its encoder: head, tokens and decoder. It is small unless it has a language model, and can be sent
 * to executors.
 *
 * @param settings the settings that it was opened with
 * @param sampleRate the sample rate of the input in Hz
 * @param hop the hop from one frame to the next, in samples
 * @param receptiveField the receptive field of a frame, in samples
 * @param head the layer from the last hidden states to logits
 * @param decoder the decoder of the logits
 * @param fingerprint the SHA-256 of all files, including the language model, in hexadecimal
 */
public record CtcModel(
        RecognizerSettings settings,
        int sampleRate,
        int hop,
        int receptiveField,
        CtcHead head,
        CtcDecoder decoder,
        String fingerprint)
        implements Serializable {

    /**
     * Opens a folder.
     *
     * @param settings whose path is local
     * @throws WeightsException if a file is missing or damaged, the model has no CTC head, or its tokenizer is unknown
     * @throws IllegalArgumentException if the language model does not fit the tokens
     */
    public static CtcModel open(RecognizerSettings settings) {
        Path path = Path.of(settings.path());
        try (EncoderFolder folder = EncoderFolder.open(path)) {
            TransformerConfig config = folder.config();
            ConfigFile file = ConfigFile.read(path.resolve("config.json"));
            int outputs = file.integer("vocab_size", 32, 2, CtcVocabulary.MAX_SIZE);
            CtcHead head = CtcHead.read(folder.tensors(), config.width(), outputs);
            CtcVocabulary vocabulary = TokenizerFolder.read(path, file.text("tokenizer_class", ""), outputs);
            Optional<WordScorer> scorer = settings.languageModel().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new WordScorer(
                            ArpaFile.read(Path.of(settings.languageModel())),
                            settings.languageModelWeight(),
                            settings.wordBonus()));
            return new CtcModel(
                    settings,
                    folder.sampleRate(),
                    config.hop(),
                    config.receptiveField(),
                    head,
                    new CtcDecoder(vocabulary, settings.beamWidth(), scorer),
                    Fingerprint.of(files(settings)));
        }
    }

    private static List<Path> files(RecognizerSettings settings) {
        Path path = Path.of(settings.path());
        List<Path> files = new ArrayList<>(EncoderFolder.files(path));
        files.addAll(TokenizerFolder.files(path));
        if (!settings.languageModel().isEmpty()) {
            files.add(Path.of(settings.languageModel()));
        }
        return files;
    }

    /**
     * Returns the settings of the encoder below the head. Its windows are longer than those of the recogniser, which divides
     * recordings itself.
     *
     * @param engine the engine that runs it
     * @param threads the number of threads of one call; 0 for all processors
     */
    public EncoderSettings encoder(PretrainedSettings.Engine engine, int threads) {
        return EncoderSettings.of(PretrainedEncoder.NAME, sampleRate, LogMelSettings.defaults())
                .with(PretrainedSettings.at(settings.path())
                        .runBy(engine, threads)
                        .withWindows(settings.windowSeconds() + 10, 0));
    }

    /** Returns a recogniser that computes with an opened encoder of {@link #encoder}, and closes it when it is closed. */
    public SpeechRecognizer with(Encoder encoder) {
        return new CtcRecognizer(this, encoder);
    }

    /**
     * Opens a folder and its encoder.
     *
     * @param settings whose path is local
     * @param engine the engine that runs the encoder
     * @param threads the number of threads of one call; 0 for all processors
     * @throws WeightsException as {@link #open}
     */
    public static SpeechRecognizer recognizer(
            RecognizerSettings settings, PretrainedSettings.Engine engine, int threads) {
        CtcModel model = open(settings);
        return model.with(Encoders.open(model.encoder(engine, threads)));
    }
}
