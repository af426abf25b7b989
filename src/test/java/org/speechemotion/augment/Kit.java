package org.speechemotion.augment;

import java.util.List;
import java.util.stream.IntStream;
import org.speechemotion.audio.Waveform;
import org.speechemotion.augment.AugmentationChain.Step;
import org.speechemotion.keyed.KeyedRandom;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.settings.Settings;

/** What benchmarks run: every augmentation as shipped, on synthesised speech. */
final class Kit {
    private static final int RATE = 16_000;

    private static final Settings SETTINGS = Settings.load(
            List.of(),
            List.of("augmentation.background-noise.path=sounds", "augmentation.impulse-response.path=sounds"));

    private Kit() {}

    static List<String> names() {
        return Plugins.all(AugmentationKind.class).stream()
                .map(AugmentationKind::name)
                .toList();
    }

    /** A chain of one augmentation that is always applied. */
    static AugmentationChain always(String name) {
        return new AugmentationChain(List.of(new Step(name, 1, augmentation(name))), 1);
    }

    /** The default chain with its probabilities. */
    static AugmentationChain shipped() {
        return new AugmentationChain(
                SETTINGS.config().getStringList("augmentation.chain").stream()
                        .map(name -> new Step(
                                name, SETTINGS.number("augmentation." + name + ".probability"), augmentation(name)))
                        .toList(),
                1);
    }

    /** Twelve voices, 3.7 s each. */
    static List<Waveform> clips() {
        return IntStream.rangeClosed(1, 12)
                .mapToObj(actor -> new Waveform(Speech.samples(actor), RATE))
                .toList();
    }

    /** For noise 20 s, for rooms half a second. */
    static Sounds sounds(String name) {
        float[] recording = name.equals("impulse-response")
                ? Room.response(0.5, 3, RATE, new KeyedRandom(1))
                : WhiteNoise.gaussian(20 * RATE, 0.1, new KeyedRandom(2));
        return new MemorySounds().with("recording.wav", recording);
    }

    private static Augmentation augmentation(String name) {
        return (Augmentation) SETTINGS.bind(
                "augmentation." + name,
                Plugins.find(AugmentationKind.class, name).type());
    }
}
