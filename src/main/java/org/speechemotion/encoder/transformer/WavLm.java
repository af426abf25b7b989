package org.speechemotion.encoder.transformer;

import com.google.auto.service.AutoService;
import java.util.Optional;

/** WavLM (Chen et al., arXiv 2110.13900). */
@AutoService(TransformerFamily.class)
public final class WavLm implements TransformerFamily {

    @Override
    public String name() {
        return "wavlm";
    }

    @Override
    public Optional<RelativePosition> relativePosition(ConfigFile config) {
        int buckets = config.integer("num_buckets", 320, 4, 1 << 16);
        int maxDistance = config.integer("max_bucket_distance", 800, 2, 1 << 24);
        if (maxDistance <= buckets / 4) {
            throw config.wrong("max_bucket_distance", "more than a quarter of num_buckets, which is " + buckets);
        }
        return Optional.of(new RelativePosition(buckets, maxDistance));
    }
}
