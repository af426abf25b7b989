package org.speechemotion.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.speechemotion.common.Sha256;
import org.speechemotion.train.Example;

/** What a store lacks, cut into the parts that tasks write: clips of one view and of similar length each. */
public final class BuildPlan {
    private BuildPlan() {}

    /**
     * A part that is to be written.
     *
     * @param clips at least one
     */
    public record Part(int view, List<Example> clips) implements Serializable {
        /** Its file's: the same for the same keys, so that a task which is repeated writes the same file. */
        public String name() {
            String ids = clips.stream().map(Example::contentSha256).collect(Collectors.joining(","));
            return "part-" + view + "-" + Sha256.of(ids).substring(0, 16) + ".parquet";
        }
    }

    /** So many rows that are to be written. */
    public static int rows(List<Part> parts) {
        return parts.stream().mapToInt(part -> part.clips().size()).sum();
    }

    /**
     * Plans a build.
     *
     * @param clean clips that the store has as they are; of those with the same content it has one
     * @param augmented clips that it has augmented views of
     * @param views of each
     * @param present what it has already
     * @param mostSeconds of audio in a part; a longer clip has one to itself
     */
    public static List<Part> of(
            List<Example> clean, List<Example> augmented, int views, Set<FeatureKey> present, double mostSeconds) {
        List<Part> parts = new ArrayList<>();
        for (int view = FeatureKey.CLEAN; view <= views; view++) {
            cut(view, distinct(view == FeatureKey.CLEAN ? clean : augmented), present, mostSeconds, parts);
        }
        return parts;
    }

    private static void cut(
            int view, List<Example> clips, Set<FeatureKey> present, double mostSeconds, List<Part> parts) {
        List<Example> part = new ArrayList<>();
        double seconds = 0;
        for (Example clip : clips) {
            if (present.contains(new FeatureKey(clip.contentSha256(), view))) {
                continue;
            }
            if (!part.isEmpty() && seconds + clip.seconds() > mostSeconds) {
                parts.add(new Part(view, List.copyOf(part)));
                part.clear();
                seconds = 0;
            }
            part.add(clip);
            seconds += clip.seconds();
        }
        if (!part.isEmpty()) {
            parts.add(new Part(view, List.copyOf(part)));
        }
    }

    /** The longest first: what takes long must not be what is begun last. */
    private static List<Example> distinct(Collection<Example> clips) {
        return clips.stream()
                .collect(Collectors.toMap(Example::contentSha256, Function.identity(), (first, same) -> first))
                .values()
                .stream()
                .sorted(Comparator.comparingDouble(Example::seconds).reversed().thenComparing(Example::contentSha256))
                .toList();
    }
}
