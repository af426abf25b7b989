package org.speechemotion.report;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.train.Example;

/**
 * The numbers of training clips by emotion.
 *
 * @param emotions the emotions that the model distinguishes
 * @param clips the number of clips of each emotion on the training side, in label order
 */
public record TrainedEmotions(EmotionSet emotions, List<Long> clips) {
    public TrainedEmotions {
        clips = List.copyOf(clips);
    }

    /** Counts the clips of the training side. */
    public static TrainedEmotions of(EmotionSet emotions, Collection<Example> training) {
        return new TrainedEmotions(
                emotions,
                emotions.stream()
                        .map(emotion -> training.stream()
                                .filter(example -> example.label() == emotion.label())
                                .count())
                        .toList());
    }

    /** Returns the number of emotions with clips. */
    public long count() {
        return clips.stream().filter(count -> count > 0).count();
    }

    /** Returns the ids of the emotions with clips, in label order. */
    public List<String> ids() {
        return emotions.stream()
                .filter(emotion -> clips.get(emotion.label()) > 0)
                .map(Emotion::id)
                .toList();
    }

    /** Returns the number of emotions with clips, such as {@code 6 of 8}. */
    public String share() {
        return count() + " of " + clips.size();
    }

    /** Returns a warning if an emotion has no clips. */
    public Optional<String> warning() {
        String absent = emotions.stream()
                .filter(emotion -> clips.get(emotion.label()) == 0)
                .map(Emotion::id)
                .collect(Collectors.joining(", "));
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "WARNING: the model is trained on %s emotions. No training clip is labelled %s: it can hardly"
                                        .formatted(share(), absent)
                                + " ever predict it");
    }

    /** Returns the numbers of clips, such as {@code neutral 16, calm 16, …}. */
    @Override
    public String toString() {
        return emotions.stream()
                .map(emotion -> emotion.id() + " " + clips.get(emotion.label()))
                .collect(Collectors.joining(", "));
    }
}
