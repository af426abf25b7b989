package org.speechemotion.corpus;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.speechemotion.common.RejectedException;
import org.speechemotion.corpus.FileNameLayout.FileName;

/**
 * The Crowd-sourced Emotional Multimodal Actors Dataset (Cao et al. 2014, doi 10.1109/TAFFC.2014.2336244): 91 actors, six
 * emotions (no calm, no surprised), names such as {@code 1001_DFA_ANG_XX.wav}. The label is the emotion that the actor
 * was asked to express.
 */
@AutoService(Corpus.class)
public final class CremaD implements Corpus {
    private static final String NAME = "crema-d";

    private static final FileNameLayout LAYOUT =
            new FileNameLayout(NAME, "_", List.of("actor", "sentence", "emotion", "level"));

    private static final SortedMap<String, String> ACTORS = actors();
    private static final SortedMap<String, String> SENTENCES = new TreeMap<>(Map.ofEntries(
            Map.entry("DFA", "Don't forget a jacket"),
            Map.entry("IEO", "It's eleven o'clock"),
            Map.entry("IOM", "I'm on my way to the meeting"),
            Map.entry("ITH", "I think I have a doctor's appointment"),
            Map.entry("ITS", "I think I've seen this before"),
            Map.entry("IWL", "I would like a new alarm clock"),
            Map.entry("IWW", "I wonder what this is about"),
            Map.entry("MTI", "Maybe tomorrow it will be cold"),
            Map.entry("TAI", "The airplane is almost full"),
            Map.entry("TIE", "That is exactly what happened"),
            Map.entry("TSI", "The surface is slick"),
            Map.entry("WSI", "We'll stop in a couple of minutes")));
    private static final SortedMap<String, Emotion> EMOTIONS = new TreeMap<>(Map.of(
            "ANG", Emotion.ANGRY,
            "DIS", Emotion.DISGUST,
            "FEA", Emotion.FEARFUL,
            "HAP", Emotion.HAPPY,
            "NEU", Emotion.NEUTRAL,
            "SAD", Emotion.SAD));
    /** XX is an unspecified level; one file of the corpus spells it X, 1040_ITH_SAD_X.wav. */
    private static final SortedMap<String, String> LEVELS =
            new TreeMap<>(Map.of("LO", "low", "MD", "medium", "HI", "high", "XX", "", "X", ""));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public List<Entry> read(CorpusFiles files, Map<String, String> options) throws IOException {
        CorpusOptions.of(this, options);
        return LAYOUT.read(files, CremaD::label);
    }

    private static Clip label(String path, FileName name) throws RejectedException {
        String actor = name.decode("actor", ACTORS);
        String sentence = name.decode("sentence", SENTENCES);
        Emotion emotion = name.decode("emotion", EMOTIONS);
        String level = name.decode("level", LEVELS);
        return Clip.of(path, Clip.speakerId(NAME, actor), emotion)
                .withIntensity(level)
                .withStatement(sentence);
    }

    private static SortedMap<String, String> actors() {
        SortedMap<String, String> codes = new TreeMap<>();
        for (int actor = 1001; actor <= 1091; actor++) {
            codes.put(Integer.toString(actor), Integer.toString(actor));
        }
        return codes;
    }
}
