package org.speechemotion.augment;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.speechemotion.audio.Waveform;
import org.speechemotion.augment.AugmentationChain.Step;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.settings.Settings;

/** The subjects of benchmarks: every augmentation with its shipped settings, and synthesised speech. */
final class Kit {
    private static final int RATE = 16_000;

    private static final Settings SETTINGS = settings(List.of());

    private Kit() {}

    private static Settings settings(List<Path> files) {
        return Settings.load(
                files,
                List.of("augmentation.background-noise.path=sounds", "augmentation.impulse-response.path=sounds"));
    }

    static List<String> names() {
        return Plugins.all(AugmentationKind.class).stream()
                .map(AugmentationKind::name)
                .toList();
    }

    /** A chain of one augmentation that is always applied. */
    static AugmentationChain always(String name) {
        return new AugmentationChain(List.of(new Step(name, 1, augmentation(SETTINGS, name))), 1);
    }

    /** The default chain with its probabilities. */
    static AugmentationChain shipped() {
        return chain(SETTINGS);
    }

    /** The chain of {@code conf/augmentation-full.conf} with its probabilities. */
    static AugmentationChain full() {
        return chain(settings(List.of(Path.of("conf/augmentation-full.conf"))));
    }

    private static AugmentationChain chain(Settings settings) {
        return new AugmentationChain(
                settings.config().getStringList("augmentation.chain").stream()
                        .map(name -> new Step(
                                name,
                                settings.number("augmentation." + name + ".probability"),
                                augmentation(settings, name)))
                        .toList(),
                1);
    }

    /** Twelve voices, 3.7 s each. */
    static List<Waveform> clips() {
        return IntStream.rangeClosed(1, 12)
                .mapToObj(speaker -> new Waveform(Speech.samples(speaker), RATE))
                .toList();
    }

    /** Returns 20 s of noise, or rooms of half a second. */
    static Sounds sounds(String name) {
        float[] recording = name.equals("impulse-response")
                ? Room.response(0.5, 3, RATE, new KeyedRandom(1))
                : WhiteNoise.gaussian(20 * RATE, 0.1, new KeyedRandom(2));
        return new MemorySounds().with("recording.wav", recording);
    }

    private static Augmentation augmentation(Settings settings, String name) {
        return (Augmentation) settings.bind(
                "augmentation." + name,
                Plugins.find(AugmentationKind.class, name).type());
    }
}
