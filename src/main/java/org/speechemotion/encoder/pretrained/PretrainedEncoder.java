package org.speechemotion.encoder.pretrained;

import com.google.auto.service.AutoService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.speechemotion.common.Sha256;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderFactory;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.graph.GraphForward;
import org.speechemotion.encoder.kernel.KernelForward;
import org.speechemotion.encoder.pretrained.Windows.Window;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.weights.WeightsException;

/**
 * The frozen part of a Hugging Face speech transformer, up to the {@link Division} where training begins: all of it where
 * nothing is trained, nothing but the input normalisation where all of it is.
 */
public final class PretrainedEncoder implements Encoder {
    public static final String NAME = "transformer";

    private static final double VARIANCE_FLOOR = 1e-7;
    /** Of audio that goes through the encoder at once. */
    private static final int GROUP_SECONDS = 120;

    private final PretrainedSettings settings;
    private final TransformerConfig config;
    private final int sampleRate;
    private final boolean normalizes;
    private final Division division;
    private final double framesPerSecond;
    private final int windowFrames;
    private final int overlapFrames;
    private final String fingerprint;
    /** Opened for the first clip: whoever only asks for shapes and the fingerprint need not wait for the weights. */
    private Optional<FrozenForward> forward = Optional.empty();

    /** Opens it from settings. */
    @AutoService(EncoderFactory.class)
    public static final class Factory implements EncoderFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Encoder open(EncoderSettings settings) {
            if (settings.pretrained().path().isEmpty()) {
                throw new IllegalArgumentException("the encoder " + NAME + " needs a folder: add encoder.path=…");
            }
            try (EncoderFolder folder =
                    EncoderFolder.open(Path.of(settings.pretrained().path()))) {
                if (folder.sampleRate() != settings.sampleRate()) {
                    throw new WeightsException(settings.pretrained().path() + " takes audio of " + folder.sampleRate()
                            + " Hz, but audio.sample-rate is " + settings.sampleRate());
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
        division = Division.of(settings, config);
        framesPerSecond = division.frozen().isPresent() ? (double) sampleRate / config.hop() : sampleRate;
        windowFrames = Math.max(2, (int) (settings.windowSeconds() * framesPerSecond));
        overlapFrames = (int) (settings.overlapSeconds() * framesPerSecond);
        fingerprint = Sha256.of(
                String.join("\n", NAME, folder.fingerprint(), division.toString(), windowFrames + " " + overlapFrames));
    }

    private synchronized FrozenForward forward() {
        if (forward.isEmpty()) {
            try (EncoderFolder folder = EncoderFolder.open(Path.of(settings.path()))) {
                int threads = settings.threads() > 0
                        ? settings.threads()
                        : Runtime.getRuntime().availableProcessors();
                forward = Optional.of(
                        switch (settings.engine()) {
                            case KERNELS -> new KernelForward(folder.config(), folder.tensors(), threads);
                            case GRAPH -> new GraphForward(folder.config(), folder.tensors());
                        });
            }
        }
        return forward.get();
    }

    public TransformerConfig config() {
        return config;
    }

    /** What of the encoder this is, and what is left to be trained. */
    public Division division() {
        return division;
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
        return division.width(config);
    }

    @Override
    public double framesPerSecond() {
        return framesPerSecond;
    }

    /** A clip shorter than what one frame sees is filled up with silence, and has one frame. */
    @Override
    public int frames(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("a clip must have at least 1 sample, not " + samples);
        }
        int filled = Math.max(samples, config.receptiveField());
        return division.frozen().isPresent() ? config.frames(filled) : filled;
    }

    @Override
    public List<Frames> encode(List<float[]> waveforms) {
        List<float[]> inputs = new ArrayList<>();
        List<List<Window>> windows = new ArrayList<>();
        for (float[] waveform : waveforms) {
            if (waveform.length == 0) {
                throw new IllegalArgumentException("a clip must have at least 1 sample, not 0");
            }
            float[] input = Arrays.copyOf(
                    normalizes ? normalized(waveform) : waveform, Math.max(waveform.length, config.receptiveField()));
            inputs.add(input);
            windows.add(Windows.over(input.length, config, windowFrames, overlapFrames));
        }
        return division.frozen().map(tap -> encode(inputs, windows, tap)).orElseGet(() -> inputs.stream()
                .map(input -> new Frames(input, input.length, 1))
                .toList());
    }

    private List<Frames> encode(List<float[]> inputs, List<List<Window>> windows, Tap tap) {
        List<Frames> encoded = new ArrayList<>();
        Group group = new Group(tap);
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

    /** Windows on their way through the encoder, and where what they give belongs. */
    private final class Group {
        private final Tap tap;
        private final List<float[]> waveforms = new ArrayList<>();
        private final List<Target> targets = new ArrayList<>();
        private int samples;

        Group(Tap tap) {
            this.tap = tap;
        }

        void add(float[] input, Window window, float[] values, int frame) {
            waveforms.add(
                    window.samples() == input.length
                            ? input
                            : Arrays.copyOfRange(input, window.start(), window.start() + window.samples()));
            targets.add(new Target(window, values, frame));
            samples += window.samples();
            if (samples >= GROUP_SECONDS * sampleRate) {
                run();
            }
        }

        void run() {
            if (waveforms.isEmpty()) {
                return;
            }
            List<Frames> frames = forward().run(waveforms, tap);
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).take(frames.get(i));
            }
            waveforms.clear();
            targets.clear();
            samples = 0;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // where to write, not a value
    private record Target(Window window, float[] values, int frame) {
        void take(Frames frames) {
            int width = frames.width();
            System.arraycopy(frames.values(), window.skip() * width, values, frame * width, window.frames() * width);
        }
    }

    /** To mean 0 and variance 1, as Hugging Face's Wav2Vec2FeatureExtractor does. */
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
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public synchronized void close() {
        forward.ifPresent(FrozenForward::close);
    }
}
