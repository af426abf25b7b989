package org.speechemotion.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.speechemotion.augment.AugmentationChain.Step;

/**
 * A condition that clips are heard under, to measure what it costs a model.
 *
 * @param name for people: {@code noise at 10 dB}
 * @param chain what every clip goes through
 */
public record Condition(String name, AugmentationChain chain) {
    /**
     * Conditions to compare: clips as they are, under noise, in rooms, and over a telephone.
     *
     * @param noise folder or list of recordings; "" for no noise
     * @param signalToNoise ratios, in dB, each of them a condition
     * @param rooms folder or list of impulse responses; "" for no rooms
     * @param codecs of telephones, each of them a condition
     * @param seed of the draws of recordings
     */
    public record Settings(String noise, List<Double> signalToNoise, String rooms, List<Codec> codecs, long seed) {
        public Settings {
            signalToNoise = List.copyOf(signalToNoise);
            codecs = List.copyOf(codecs);
        }

        /** The conditions, the clean one first. */
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
