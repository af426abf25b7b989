package org.speechemotion.spark.clips;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.speechemotion.acoustics.AcousticMeasurer;
import org.speechemotion.acoustics.AcousticProfile;
import org.speechemotion.train.ClipLoader;
import org.speechemotion.train.Example;

/** Measures the acoustic properties of clips, distributed. */
public final class ClipAcoustics {
    /** Quantiles hardly change with more clips, and every clip is decoded. */
    private static final int MAX_CLIPS = 2_000;

    private ClipAcoustics() {}

    /**
     * Returns the profiles of at most 2000 of the clips, which are evenly spaced; clips that cannot be read are left out.
     *
     * @param cacheMegabytes the memory of an executor for decoded clips, in MiB
     */
    public static List<AcousticProfile> of(
            JavaSparkContext context, ClipPipeline pipeline, int cacheMegabytes, List<Example> clips) {
        List<Example> measured = new ArrayList<>();
        int count = Math.min(MAX_CLIPS, clips.size());
        for (int i = 0; i < count; i++) {
            measured.add(clips.get((int) ((long) i * clips.size() / count)));
        }
        if (measured.isEmpty()) {
            return List.of();
        }
        int tasks = Math.min(measured.size(), 4 * context.defaultParallelism());
        return context.parallelize(measured, tasks)
                .mapPartitions(part -> {
                    ClipLoader loader = pipeline.clips(cacheMegabytes);
                    List<AcousticProfile> profiles = new ArrayList<>();
                    while (part.hasNext()) {
                        loader.find(part.next())
                                .map(clip -> AcousticMeasurer.measure(clip.samples(), clip.sampleRate()))
                                .ifPresent(profiles::add);
                    }
                    return profiles.iterator();
                })
                .collect();
    }
}
