package org.speechemotion.encoder.transformer;

import com.google.auto.service.AutoService;

/** HuBERT (Hsu et al., arXiv 2106.07447), including DistilHuBERT. */
@AutoService(TransformerFamily.class)
public final class Hubert implements TransformerFamily {

    @Override
    public String name() {
        return "hubert";
    }

    @Override
    public boolean projectionNorm(ConfigFile config) {
        return config.bool("feat_proj_layer_norm", true);
    }
}
