package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.AugmentationChain.Step;
import org.speechemotion.augment.Augmented;
import org.speechemotion.augment.MemorySounds;
import org.speechemotion.common.BoundedCache;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;

class ViewLoaderTest {
    private static final List<Example> EXAMPLES = List.of(example("a", 4000), example("b", 6000));

    private final List<String> read = new ArrayList<>();
    private BoundedCache<Frames> kept = new BoundedCache<>(0, Frames::sizeInBytes);
    private final ClipReader reader = new ClipReader(this::read, new AudioDecoder(AudioSettings.defaults()));
    private final Encoder encoder = Encoders.open(EncoderSettings.of(
            "log-mel",
            16_000,
            LogMelSettings.defaults()
                    .withNormalization(Normalization.NONE)
                    .withFloor(0)
                    .withSpeech(0)));

    @AfterEach
    void close() {
        encoder.close();
    }

    @Test
    void viewsAreMadeByTheChain() throws IOException {
        List<float[]> louder = new ArrayList<>();
        for (Example example : EXAMPLES) {
            float[] samples = new ClipLoader(reader).load(example).samples().clone();
            float gain = gain(example, "epoch-0");
            for (int i = 0; i < samples.length; i++) {
                samples[i] *= gain;
            }
            louder.add(samples);
        }
        assertThat(loader(0).load(EXAMPLES, "epoch-0")).isEqualTo(encoder.encode(louder));
    }

    @Test
    void viewsDependOnClipAndEpochAlone() throws IOException {
        List<Frames> together = loader(1 << 20).load(EXAMPLES, "epoch-3");
        List<Frames> reversed = loader(0).load(List.of(EXAMPLES.get(1), EXAMPLES.get(0)), "epoch-3");
        assertThat(reversed).containsExactly(together.get(1), together.get(0));
        assertThat(loader(0).load(EXAMPLES.subList(1, 2), "epoch-3")).containsExactly(together.get(1));
        assertThat(loader(0).load(EXAMPLES, "epoch-4")).doesNotContainAnyElementsOf(together);
    }

    @Test
    void aClipIsDecodedOnceAndItsSamplesStayAsTheyWere() throws IOException {
        ViewLoader loader = loader(1 << 20);
        List<Frames> first = loader.load(EXAMPLES, "epoch-0");
        loader.load(EXAMPLES, "epoch-1");
        assertThat(loader.load(EXAMPLES, "epoch-0")).isEqualTo(first);
        assertThat(read).containsExactly("a", "b");
    }

    @Test
    void aFurtherTrainingTakesTheViewsThatAreKept() throws IOException {
        List<Frames> made = loader(0).load(EXAMPLES, "epoch-0");
        kept = new BoundedCache<>(made.get(0).sizeInBytes(), Frames::sizeInBytes);
        loader(0).load(EXAMPLES, "epoch-0");
        read.clear();

        assertThat(loader(0).load(List.of(EXAMPLES.get(1), EXAMPLES.get(0)), "epoch-0"))
                .containsExactly(made.get(1), made.get(0));
        assertThat(read).containsExactly("b");
        assertThat(loader(0).load(EXAMPLES, "epoch-1")).doesNotContainAnyElementsOf(made);
    }

    private ViewLoader loader(long cacheBytes) {
        ClipLoader clips = new ClipLoader(reader, new BoundedCache<>(cacheBytes, Waveform::sizeInBytes));
        return new ViewLoader(clips, chain(), new MemorySounds(), encoder, 1, kept, "chain");
    }

    private static AugmentationChain chain() {
        return new AugmentationChain(
                List.of(new Step("halving", 1, (waveform, random, sounds) -> {
                    float[] samples = waveform.samples().clone();
                    float gain = (float) random.nextDouble(0.25, 0.75);
                    for (int i = 0; i < samples.length; i++) {
                        samples[i] *= gain;
                    }
                    return new Augmented(new Waveform(samples, waveform.sampleRate()), "gain " + gain);
                })),
                7);
    }

    private static float gain(Example example, String view) {
        Waveform one = new Waveform(new float[] {1}, 16_000);
        return chain().apply(one, view, example.contentSha256(), new MemorySounds())
                .waveform()
                .samples()[0];
    }

    private byte[] read(String path, long maxBytes) {
        read.add(path);
        float[] samples = new float[path.equals("a") ? 4000 : 6000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.9 * Math.sin(i * (0.1 + 0.0004 * i)));
        }
        return WavWriter.write(new Waveform(samples, 16_000));
    }

    private static Example example(String name, int samples) {
        return ExampleBuilder.clip(name).seconds(samples / 16_000.0).build();
    }
}
