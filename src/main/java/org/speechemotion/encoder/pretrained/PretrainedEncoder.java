package org.speechemotion.encoder.pretrained;

import com.google.auto.service.AutoService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.common.Sha256;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderFactory;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.Execution;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.SpeechFrames;
import org.speechemotion.encoder.graph.BaseWeights;
import org.speechemotion.encoder.graph.GraphForward;
import org.speechemotion.encoder.onnx.OnnxForward;
import org.speechemotion.encoder.pretrained.OverlappingWindows.Window;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.model.FineTunedEncoder;
import org.speechemotion.model.FrontEnd;
import org.speechemotion.model.TrainableEncoder;
import org.speechemotion.weights.Fingerprint;
import org.speechemotion.weights.WeightsException;

/**
 * The frozen part of a speech transformer from a Hugging Face folder, up to the {@link EncoderSplit} at which training
 * starts. If the whole encoder is trained, only the normalisation of the input remains.
 */
public final class PretrainedEncoder implements TrainableEncoder {
    public static final String NAME = "transformer";

    private static final double VARIANCE_FLOOR = 1e-7;
    /** The duration of audio that is encoded in one call of the engine. */
    private static final int GROUP_SECONDS = 120;

    /** The number of frames to which audio for a trained encoder is rounded up. */
    private static final int FRAME_BUCKET = 16;

    private final PretrainedSettings settings;
    private final TransformerConfig config;
    private final int sampleRate;
    private final boolean normalizes;
    private final EncoderSplit split;
    private final double framesPerSecond;
    private final int windowFrames;
    private final int overlapFrames;
    private final String folderFingerprint;
    private final String fingerprint;
    private final String state;
    /** Opened for the first clip, so that shapes and the fingerprint are available without reading the weights. */
    private Optional<FrozenForward> forward = Optional.empty();

    /** Opens the encoder from settings. */
    @AutoService(EncoderFactory.class)
    public static final class Factory implements EncoderFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public List<Path> files(EncoderSettings settings) {
            return EncoderFolder.files(Path.of(settings.pretrained().path()));
        }

        @Override
        public Encoder open(EncoderSettings settings) {
            if (settings.pretrained().path().isEmpty()) {
                throw new IllegalArgumentException(
                        "encoder.path is not set; the encoder " + NAME + " needs a folder: add encoder.path=…");
            }
            try (EncoderFolder folder =
                    EncoderFolder.open(Path.of(settings.pretrained().path()))) {
                if (folder.sampleRate() != settings.sampleRate()) {
                    throw new WeightsException("audio.sample-rate is " + settings.sampleRate() + "; allowed: "
                            + folder.sampleRate() + ", the sample rate of the encoder in "
                            + settings.pretrained().path());
                }
                return new PretrainedEncoder(folder, settings.pretrained());
            }
        }
    }

    private PretrainedEncoder(EncoderFolder folder, PretrainedSettings settings) {
        this.settings = settings;
        config = folder.config();
        sampleRate = folder.sampleRate();
        normalizes = folder.normalizesInput();
        split = EncoderSplit.of(settings, config);
        framesPerSecond = split.frozen().isPresent() ? (double) sampleRate / config.hop() : sampleRate;
        windowFrames = Math.max(2, (int) (settings.windows().seconds() * framesPerSecond));
        overlapFrames = (int) (settings.windows().overlapSeconds() * framesPerSecond);
        state = state();
        folderFingerprint = folder.fingerprint();
        if (settings.fineTuning().lora().isUsed()) {
            BaseWeights.note(folderFingerprint, Path.of(settings.path()));
        }
        fingerprint = Sha256.of(String.join(
                "\n",
                NAME,
                folderFingerprint,
                split.toString(),
                windowFrames + " " + overlapFrames,
                "speech-frames=" + SpeechFrames.VERSION,
                "trim-decibels=" + settings.trimDecibels()
                        + (settings.execution().precision() == Precision.FLOAT32
                                ? ""
                                : "\nprecision=" + settings.execution().precision())));
    }

    private String state() {
        return Fingerprint.state(EncoderFolder.files(Path.of(settings.path())));
    }

    /** @throws WeightsException if the files are no longer those of the fingerprint */
    private synchronized FrozenForward forward() {
        if (forward.isEmpty()) {
            try (EncoderFolder folder = EncoderFolder.open(Path.of(settings.path()))) {
                Execution execution = settings.execution();
                int threads = execution.threads() > 0
                        ? execution.threads()
                        : Runtime.getRuntime().availableProcessors();
                FrozenForward opened =
                        switch (execution.engine()) {
                            case ONNX -> new OnnxForward(
                                    folder.config(),
                                    folder.tensors(),
                                    execution.precision(),
                                    execution.processor(),
                                    threads);
                            case GRAPH -> new GraphForward(folder.config(), folder.tensors());
                        };
                if (!state().equals(state)) {
                    opened.close();
                    throw new WeightsException(settings.path() + " was changed after its fingerprint was computed");
                }
                forward = Optional.of(opened);
            }
        }
        return forward.get();
    }

    public TransformerConfig config() {
        return config;
    }

    /** Returns the division into a frozen and a trained part. */
    public EncoderSplit split() {
        return split;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int width() {
        return split.width(config);
    }

    @Override
    public double framesPerSecond() {
        return framesPerSecond;
    }

    /** A clip that is shorter than the receptive field is padded with silence and has one frame. */
    @Override
    public int maxFrames(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("a clip has " + samples + " samples; allowed: at least 1");
        }
        int filled = Math.max(samples, config.receptiveField());
        return split.frozen().isPresent() ? config.frames(filled) : filled;
    }

    @Override
    public List<Frames> encode(List<float[]> waveforms) {
        List<float[]> inputs = new ArrayList<>();
        List<List<Window>> windows = new ArrayList<>();
        for (float[] waveform : waveforms) {
            if (waveform.length == 0) {
                throw new IllegalArgumentException("a clip has 0 samples; allowed: at least 1");
            }
            float[] speech = SpeechFrames.trim(waveform, sampleRate, settings.trimDecibels());
            float[] input = Arrays.copyOf(
                    normalizes ? normalized(speech) : speech, Math.max(speech.length, config.receptiveField()));
            inputs.add(input);
            windows.add(OverlappingWindows.over(input.length, config, windowFrames, overlapFrames));
        }
        return split.frozen().map(tap -> encode(inputs, windows, tap)).orElseGet(() -> inputs.stream()
                .map(input -> new Frames(input, input.length, 1))
                .toList());
    }

    private List<Frames> encode(List<float[]> inputs, List<List<Window>> windows, Tap tap) {
        List<Frames> encoded = new ArrayList<>();
        WindowGroup group = new WindowGroup(
                GROUP_SECONDS * sampleRate, waveforms -> forward().run(waveforms, tap));
        for (int i = 0; i < inputs.size(); i++) {
            float[] input = inputs.get(i);
            float[] values = new float[Math.multiplyExact(config.frames(input.length), width())];
            int frame = 0;
            for (Window window : windows.get(i)) {
                group.add(input, window, values, frame);
                frame += window.frames();
            }
            encoded.add(new Frames(values, frame, width()));
        }
        group.run();
        return encoded;
    }

    /** Normalises to mean 0 and variance 1, like Wav2Vec2FeatureExtractor of Hugging Face. */
    private static float[] normalized(float[] waveform) {
        double sum = 0;
        for (float sample : waveform) {
            sum += sample;
        }
        double mean = sum / waveform.length;
        double squares = 0;
        for (float sample : waveform) {
            squares += (sample - mean) * (sample - mean);
        }
        double scale = 1 / Math.sqrt(squares / waveform.length + VARIANCE_FLOOR);
        float[] normalized = new float[waveform.length];
        for (int i = 0; i < normalized.length; i++) {
            normalized[i] = (float) ((waveform[i] - mean) * scale);
        }
        return normalized;
    }

    @Override
    public FrontEnd frontEnd(IUpdater updater) {
        if (settings.isWeighted()) {
            return new FrontEnd.Mixing(config);
        }
        Lora lora = settings.fineTuning().lora();
        return split.trained()
                .<FrontEnd>map(span -> lora.isUsed()
                        ? new FrontEnd.Adapted(config, span, lora, folderFingerprint, updater)
                        : new FrontEnd.FineTuned(config, span, updater))
                .orElseGet(() -> new FrontEnd.None(width()));
    }

    /** Rounds audio to whole buckets of frames, because ND4J caches arrays for every length. */
    @Override
    public int timeMultiple() {
        return split.frozen().isPresent() ? 1 : FRAME_BUCKET * config.hop();
    }

    @Override
    public void initialize(ComputationGraph network) {
        try (EncoderFolder folder = EncoderFolder.open(Path.of(settings.path()))) {
            FineTunedEncoder.initialize(network, folder.tensors());
        }
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public synchronized void close() {
        forward.ifPresent(FrozenForward::close);
    }
}
