package org.speechemotion.spark.clips;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.speechemotion.acoustics.AcousticMeasurer;
import org.speechemotion.acoustics.AcousticProfile;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.Result;
import org.speechemotion.train.Example;

/** Measures the acoustic properties of clips, distributed. */
public final class ClipAcoustics {
    /** Quantiles hardly change with more clips, and every clip is decoded. */
    private static final int MAX_CLIPS = 2_000;

    private ClipAcoustics() {}

    /** Returns the profiles of at most 2000 of the clips, which are evenly spaced; clips that cannot be read are left out. */
    public static List<AcousticProfile> of(JavaSparkContext context, ClipPipeline pipeline, List<Example> clips) {
        List<String> paths = new ArrayList<>();
        int count = Math.min(MAX_CLIPS, clips.size());
        for (int i = 0; i < count; i++) {
            paths.add(clips.get((int) ((long) i * clips.size() / count)).path());
        }
        if (paths.isEmpty()) {
            return List.of();
        }
        int tasks = Math.min(paths.size(), 4 * context.defaultParallelism());
        return context.parallelize(paths, tasks)
                .mapPartitions(part -> {
                    ClipReader reader = pipeline.reader();
                    List<AcousticProfile> profiles = new ArrayList<>();
                    part.forEachRemaining(path -> {
                        if (reader.read(path) instanceof Result.Accepted<DecodedAudio> clip) {
                            Waveform waveform = clip.value().waveform();
                            profiles.add(AcousticMeasurer.measure(waveform.samples(), waveform.sampleRate()));
                        }
                    });
                    return profiles.iterator();
                })
                .collect();
    }
}
