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

/** Plans the parts that a store lacks. Each part holds clips of one view and of similar length, and is written by one task. */
public final class BuildPlan {
    private BuildPlan() {}

    /**
     * A part to be written.
     *
     * @param view the view, as in {@link FeatureKey}
     * @param clips at least one clip
     */
    public record Part(int view, List<Example> clips) implements Serializable {
        /** Returns the file name, which depends on the keys only, so that a repeated task replaces its own file. */
        public String name() {
            String ids = clips.stream().map(Example::contentSha256).collect(Collectors.joining(","));
            return "part-" + view + "-" + Sha256.of(ids).substring(0, 16) + ".parquet";
        }
    }

    /** Returns the number of rows to be written. */
    public static int rows(List<Part> parts) {
        return parts.stream().mapToInt(part -> part.clips().size()).sum();
    }

    /**
     * Plans a build.
     *
     * @param clean the clips whose clean view is stored; equal contents are stored once
     * @param augmented the clips whose augmented views are stored
     * @param views the number of augmented views of each clip
     * @param present the keys that the store already has
     * @param maxSeconds the duration of audio in a part, in s; a longer clip gets its own part
     */
    public static List<Part> of(
            List<Example> clean, List<Example> augmented, int views, Set<FeatureKey> present, double maxSeconds) {
        List<Part> parts = new ArrayList<>();
        for (int view = FeatureKey.CLEAN; view <= views; view++) {
            cut(view, distinct(view == FeatureKey.CLEAN ? clean : augmented), present, maxSeconds, parts);
        }
        return parts;
    }

    private static void cut(
            int view, List<Example> clips, Set<FeatureKey> present, double maxSeconds, List<Part> parts) {
        List<Example> part = new ArrayList<>();
        double seconds = 0;
        for (Example clip : clips) {
            if (present.contains(new FeatureKey(clip.contentSha256(), view))) {
                continue;
            }
            if (!part.isEmpty() && seconds + clip.seconds() > maxSeconds) {
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

    /** Orders clips from long to short, so that no long task starts last. */
    private static List<Example> distinct(Collection<Example> clips) {
        return clips.stream()
                .collect(Collectors.toMap(Example::contentSha256, Function.identity(), (first, same) -> first))
                .values()
                .stream()
                .sorted(Comparator.comparingDouble(Example::seconds).reversed().thenComparing(Example::contentSha256))
                .toList();
    }
}
