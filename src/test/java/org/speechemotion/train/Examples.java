package org.speechemotion.train;

import java.util.ArrayList;
import java.util.List;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.random.KeyedRandom;

/** Made-up clips of 1 to 6 s. */
final class Examples {
    private Examples() {}

    static List<Example> of(int count) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String path = "clip-" + i + ".wav";
            double seconds = new KeyedRandom(1, "seconds", path).nextDouble(1, 6);
            examples.add(ExampleBuilder.clip(path)
                    .content("sha-" + i)
                    .speaker("made:" + i % 7)
                    .label(i % EmotionSet.EIGHT.size())
                    .seconds(seconds)
                    .build());
        }
        return examples;
    }
}
