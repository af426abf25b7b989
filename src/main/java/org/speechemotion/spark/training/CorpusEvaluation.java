package org.speechemotion.spark.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.speechemotion.common.Counted;
import org.speechemotion.corpus.Clip;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.Chance;
import org.speechemotion.report.SideResult;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.split.ContentLeak;
import org.speechemotion.split.ContentLeak.Content;
import org.speechemotion.split.Side;
import org.speechemotion.split.SimilarSpeakers;
import org.speechemotion.split.SpeakerSplit;
import org.speechemotion.train.Example;

/**
 * The evaluation of a model on a corpus that is not part of its split, over the emotions that both have.
 *
 * @param result the predictions and scores over these emotions
 * @param notes one line for each thing that the reader of the scores must know about the emotions
 */
public record CorpusEvaluation(SideResult result, List<String> notes) {
    public CorpusEvaluation {
        notes = List.copyOf(notes);
    }

    /**
     * Evaluates a model. The probability of merged emotions is the mean of theirs. Emotions of which the corpus has no clip are no
     * answers, and clips of emotions that the model was not trained on are left out.
     *
     * @param name the name of the corpus
     * @param clips the clips of the corpus
     * @param labels the emotions that count as others
     * @param batchSize the number of clips that are predicted together
     * @throws IllegalArgumentException if the model and the corpus share fewer than two emotions
     */
    public static CorpusEvaluation of(
            JavaSparkContext context,
            ModelBundle bundle,
            String name,
            List<Example> clips,
            LabelMap labels,
            FrameSource frames,
            int batchSize) {
        Shared shared = Shared.of(bundle.manifest().trainedEmotions(), clips, labels, name);
        SideResult result =
                ModelEvaluation.predict(context, bundle, name, shared.clips(), shared.labels(), frames, batchSize);
        return new CorpusEvaluation(result, shared.notes());
    }

    /**
     * The emotions that a model and a corpus share.
     *
     * @param labels the given map, restricted to the shared emotions
     * @param clips the clips whose emotions are shared
     */
    record Shared(LabelMap labels, List<Example> clips, List<String> notes) {
        static Shared of(Set<Emotion> trained, List<Example> clips, LabelMap labels, String name) {
            Set<Emotion> found = new TreeSet<Emotion>();
            clips.forEach(clip -> found.add(clip.emotion()));
            Set<Emotion> answers = labels.of(trained);
            Set<Emotion> shared = new TreeSet<Emotion>();
            shared.addAll(labels.of(found));
            shared.retainAll(answers);
            if (shared.size() < 2) {
                throw new IllegalArgumentException(
                        "the model and %s share the emotions %s; at least two are needed (the model was trained on %s, %s has %s; %s merges emotions)"
                                .formatted(name, ids(shared), ids(trained), name, ids(found), LabelMap.KEY));
            }
            List<String> notes = new ArrayList<>();
            notes.add("emotions: %s; chance %.1f %%".formatted(ids(shared), 100.0 / shared.size()));
            if (!labels.merged().isEmpty()) {
                notes.add("merged: " + String.join(", ", labels.merged()));
            }
            Set<Emotion> unanswered = new TreeSet<Emotion>();
            unanswered.addAll(answers);
            unanswered.removeAll(shared);
            if (!unanswered.isEmpty()) {
                notes.add("no answers, because the corpus has no clip of them: " + ids(unanswered));
            }
            Map<Emotion, Long> untrained = new TreeMap<>(clips.stream()
                    .map(clip -> clip.emotion())
                    .filter(emotion ->
                            labels.of(emotion).filter(shared::contains).isEmpty())
                    .collect(Collectors.groupingBy(emotion -> emotion, Collectors.counting())));
            if (!untrained.isEmpty()) {
                notes.add("left out: "
                        + untrained.entrySet().stream()
                                .map(entry -> Counted.of(entry.getValue(), "clip") + " of "
                                        + entry.getKey().id())
                                .collect(Collectors.joining(", "))
                        + ", which the model was not trained on or " + LabelMap.KEY + " leaves out");
            }
            LabelMap restricted = labels.restrictedTo(shared).trainedOn(trained);
            return new Shared(
                    restricted,
                    clips.stream()
                            .filter(clip -> restricted.of(clip.emotion()).isPresent())
                            .toList(),
                    notes);
        }

        private static String ids(Set<Emotion> emotions) {
            return emotions.isEmpty()
                    ? "none"
                    : emotions.stream().map(Emotion::id).collect(Collectors.joining(", "));
        }
    }

    /** Returns the UAR with its interval and the chance level as one line. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "UAR %.1f %%%s on %s by %s, chance %.1f %%",
                100 * result.evaluation().scores().unweightedAverageRecall(),
                result.evaluation()
                        .intervals()
                        .map(all -> all.unweightedAverageRecall())
                        .map(one -> String.format(Locale.ROOT, " [%.1f, %.1f]", 100 * one.low(), 100 * one.high()))
                        .orElse(""),
                Counted.of(result.evaluation().scores().n(), "clip"),
                Counted.of(result.evaluation().speakers(), "speaker"),
                100 * Chance.of(result.evaluation().matrix()));
    }

    /** Returns the names of the corpora of speakers, such as {@code emodb} or {@code emodb+ravdess}. */
    public static String name(Set<String> speakers) {
        return speakers.stream().map(Clip::corpusOf).distinct().sorted().collect(Collectors.joining("+"));
    }

    /**
     * Returns whether speakers are those of the model's own split.
     *
     * @return false if no speaker is part of the split
     * @throws IllegalArgumentException if only some of them are
     */
    public static boolean isOwn(BundleManifest manifest, Set<String> speakers) {
        Set<String> known = new TreeSet<>(speakers);
        known.retainAll(manifest.split().keySet());
        Set<String> others = new TreeSet<>(speakers);
        others.removeAll(known);
        if (!known.isEmpty() && !others.isEmpty()) {
            throw new IllegalArgumentException(
                    "%d speakers, such as %s, are part of the model's own split, and %d, such as %s, are not; give only its own corpora or only others, or another corpora.manifest.name"
                            .formatted(
                                    known.size(),
                                    known.iterator().next(),
                                    others.size(),
                                    others.iterator().next()));
        }
        return !known.isEmpty();
    }

    /**
     * Checks that a model was not trained on the clips or on their speakers.
     *
     * @param trained the clips that the model was trained, validated and tested on, empty if they are not known
     * @param allowSimilarSpeakers whether ids that differ only in case, spaces or zeros may be different speakers
     * @throws IllegalArgumentException if a speaker may be part of the split, or a recording was trained or validated on
     */
    public static void requireUnknown(
            BundleManifest manifest, List<Example> trained, List<Example> clips, boolean allowSimilarSpeakers) {
        if (!allowSimilarSpeakers) {
            Set<String> all = new TreeSet<>(manifest.split().keySet());
            clips.forEach(clip -> all.add(clip.speakerId()));
            SimilarSpeakers.requireNone(all);
        }
        Map<String, Side> sides = new TreeMap<>();
        List<Content> contents = new ArrayList<>();
        for (Example clip : trained) {
            if (!Side.TEST.id().equals(manifest.split().get(clip.speakerId()))) {
                sides.put(clip.speakerId(), Side.TRAIN);
                contents.add(new Content(clip.path(), clip.speakerId(), clip.contentSha256()));
            }
        }
        for (Example clip : clips) {
            sides.put(clip.speakerId(), Side.TEST);
            contents.add(new Content(clip.path(), clip.speakerId(), clip.contentSha256()));
        }
        ContentLeak.find(contents, SpeakerSplit.of(sides)).ifPresent(leak -> {
            throw new IllegalArgumentException(leak);
        });
    }
}
