package org.speechemotion.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.speechemotion.augment.AugmentationChain.Step;

/**
 * A test condition under which the robustness of a model is measured.
 *
 * @param name a readable name, such as {@code noise at 10 dB}
 * @param chain the degradation that is applied to every clip
 */
public record Condition(String name, AugmentationChain chain) {
    /**
     * The conditions to compare: clean clips, noise, rooms and telephone lines.
     *
     * @param noise a folder or list of recordings; "" for no noise
     * @param signalToNoise the signal-to-noise ratios in dB; each is one condition
     * @param rooms a folder or list of impulse responses; "" for no rooms
     * @param codecs the telephone codecs; each is one condition
     * @param seed the seed for drawing recordings
     */
    public record Settings(String noise, List<Double> signalToNoise, String rooms, List<Codec> codecs, long seed) {
        public Settings {
            signalToNoise = List.copyOf(signalToNoise);
            codecs = List.copyOf(codecs);
        }

        /** Returns the conditions; the clean one comes first. */
        public List<Condition> conditions() {
            List<Condition> conditions = new ArrayList<>();
            conditions.add(new Condition("clean", AugmentationChain.none()));
            if (!noise.isEmpty()) {
                for (double ratio : signalToNoise) {
                    conditions.add(of(
                            String.format(Locale.ROOT, "noise at %.0f dB", ratio),
                            new BackgroundNoise(noise, ratio, ratio, 1, 1, 1)));
                }
            }
            if (!rooms.isEmpty()) {
                conditions.add(of("rooms", new ImpulseResponse(rooms)));
            }
            for (Codec codec : codecs) {
                conditions.add(of("telephone " + codec.label(), new Telephone(List.of(codec))));
            }
            return conditions;
        }

        private Condition of(String name, Augmentation augmentation) {
            return new Condition(name, new AugmentationChain(List.of(new Step(name, 1, augmentation)), seed));
        }
    }
}
