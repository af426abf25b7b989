package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.BoundedCache;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;

class FrameLoaderTest {
    private static final List<Example> EXAMPLES = List.of(example("a.wav"), example("b.wav"));

    private final Map<String, byte[]> files = new HashMap<>(Map.of("a.wav", wav(4000), "b.wav", wav(8000)));
    private final List<String> read = new ArrayList<>();
    private final ClipReader reader = new ClipReader(this::read, new AudioDecoder(AudioSettings.defaults()));

    @Test
    void framesComeInTheOrderOfTheExamples() throws IOException {
        try (Encoder encoder = encoder(LogMelSettings.defaults().withSpeech(0))) {
            List<Frames> frames = loader(encoder, 0).load(EXAMPLES);
            assertThat(frames.stream().map(Frames::time))
                    .containsExactly(encoder.maxFrames(4000), encoder.maxFrames(8000));
            assertThat(loader(encoder, 0).load(List.of(EXAMPLES.get(1), EXAMPLES.get(0))))
                    .containsExactly(frames.get(1), frames.get(0));
        }
    }

    @Test
    void encodedClipsAreNotReadAgain() throws IOException {
        try (Encoder encoder = encoder(LogMelSettings.defaults().withSpeech(0))) {
            FrameLoader loader = loader(encoder, 1 << 20);
            List<Frames> first = loader.load(EXAMPLES);
            files.clear();
            assertThat(loader.load(EXAMPLES)).isEqualTo(first);
            assertThat(read).containsExactly("a.wav", "b.wav");
        }
    }

    @Test
    void encodersThatShareACacheDoNotShareFrames() throws IOException {
        BoundedCache<Frames> cache = new BoundedCache<>(1 << 20, Frames::sizeInBytes);
        LogMelSettings raw = LogMelSettings.defaults()
                .withNormalization(Normalization.NONE)
                .withFloor(0)
                .withSpeech(0);
        try (Encoder one = encoder(LogMelSettings.defaults().withSpeech(0));
                Encoder other = encoder(raw)) {
            List<Frames> first = new FrameLoader(new ClipLoader(reader), one, cache).load(EXAMPLES);
            assertThat(new FrameLoader(new ClipLoader(reader), other, cache).load(EXAMPLES))
                    .isNotEqualTo(first);
            assertThat(read).hasSize(4);
        }
    }

    @Test
    void missingFilesAreNamed() {
        files.remove("b.wav");
        try (Encoder encoder = encoder(LogMelSettings.defaults().withSpeech(0))) {
            assertThatIOException()
                    .isThrownBy(() -> loader(encoder, 0).load(EXAMPLES))
                    .withMessage(
                            "b.wav was usable when it was catalogued, but is now unreadable: could not be read: b.wav:"
                                    + " no such file or directory");
        }
    }

    @Test
    void damagedFilesAreNamed() {
        files.put("a.wav", new byte[0]);
        try (Encoder encoder = encoder(LogMelSettings.defaults().withSpeech(0))) {
            assertThatIOException()
                    .isThrownBy(() -> loader(encoder, 0).load(EXAMPLES))
                    .withMessage("a.wav was usable when it was catalogued, but is now empty: the file has 0 bytes");
        }
    }

    private FrameLoader loader(Encoder encoder, long cacheBytes) {
        return new FrameLoader(new ClipLoader(reader), encoder, new BoundedCache<>(cacheBytes, Frames::sizeInBytes));
    }

    private byte[] read(String path, long maxBytes) throws IOException {
        read.add(path);
        byte[] content = files.get(path);
        if (content == null) {
            throw new NoSuchFileException(path);
        }
        return content;
    }

    private static Encoder encoder(LogMelSettings settings) {
        return Encoders.open(EncoderSettings.of("log-mel", 16_000, settings));
    }

    private static Example example(String path) {
        return ExampleBuilder.clip(path).build();
    }

    private static byte[] wav(int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * i / 16_000));
        }
        return WavWriter.write(new Waveform(samples, 16_000));
    }
}
