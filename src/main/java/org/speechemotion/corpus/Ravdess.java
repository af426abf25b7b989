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
 * The Ryerson Audio-Visual Database of Emotional Speech and Song (Livingstone and Russo 2018, doi
 * 10.1371/journal.pone.0196391): 24 actors, names such as {@code 03-01-06-01-02-01-12.wav}.
 *
 * <p>Only audio-only speech is read; the option {@code song=true} adds songs.
 */
@AutoService(Corpus.class)
public final class Ravdess implements Corpus {
    private static final String NAME = "ravdess";
    private static final String SONG = "song";

    private static final FileNameLayout LAYOUT = new FileNameLayout(
            NAME,
            "-",
            List.of("modality", "vocal channel", "emotion", "intensity", "statement", "repetition", "actor"));

    private static final SortedMap<String, String> MODALITIES =
            new TreeMap<>(Map.of("01", "full audio-video", "02", "video only", "03", "audio only"));
    private static final SortedMap<String, String> CHANNELS = new TreeMap<>(Map.of("01", "speech", "02", "song"));
    private static final SortedMap<String, Emotion> EMOTIONS = emotions();
    private static final SortedMap<String, String> INTENSITIES = new TreeMap<>(Map.of("01", "normal", "02", "strong"));
    private static final SortedMap<String, String> STATEMENTS =
            new TreeMap<>(Map.of("01", "Kids are talking by the door", "02", "Dogs are sitting by the door"));
    private static final SortedMap<String, String> REPETITIONS = new TreeMap<>(Map.of("01", "first", "02", "second"));
    private static final SortedMap<String, String> ACTORS = actors();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> options() {
        return Set.of(SONG);
    }

    @Override
    public List<Entry> read(CorpusFiles files, Map<String, String> options) throws IOException {
        boolean withSong = CorpusOptions.of(this, options).flag(SONG);
        return LAYOUT.read(files, (path, name) -> label(path, name, withSong));
    }

    private static Clip label(String path, FileName name, boolean withSong) throws RejectedException {
        String modality = name.decode("modality", MODALITIES);
        if (!modality.equals("audio only")) {
            throw name.excluded("modality", modality, "03 (audio only)");
        }
        String channel = name.decode("vocal channel", CHANNELS);
        if (channel.equals("song") && !withSong) {
            throw name.excluded("vocal channel", channel, "01 (speech); the option song=true includes song");
        }
        Emotion emotion = name.decode("emotion", EMOTIONS);
        String intensity = name.decode("intensity", INTENSITIES);
        String statement = name.decode("statement", STATEMENTS);
        name.decode("repetition", REPETITIONS);
        String actor = name.decode("actor", ACTORS);
        return Clip.of(path, Clip.speakerId(NAME, actor), emotion)
                .withIntensity(intensity)
                .withStatement(statement);
    }

    private static SortedMap<String, Emotion> emotions() {
        SortedMap<String, Emotion> byCode = new TreeMap<>();
        for (Emotion emotion : EmotionSet.EIGHT) {
            byCode.put("%02d".formatted(emotion.label() + 1), emotion);
        }
        return byCode;
    }

    private static SortedMap<String, String> actors() {
        SortedMap<String, String> codes = new TreeMap<>();
        for (int actor = 1; actor <= 24; actor++) {
            codes.put("%02d".formatted(actor), "%02d".formatted(actor));
        }
        return codes;
    }
}
