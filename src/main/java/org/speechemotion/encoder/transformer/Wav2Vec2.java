package org.speechemotion.encoder.transformer;

import com.google.auto.service.AutoService;

/** wav2vec 2.0 (Baevski et al., arXiv 2006.11477). */
@AutoService(TransformerFamily.class)
public final class Wav2Vec2 implements TransformerFamily {

    @Override
    public String name() {
        return "wav2vec2";
    }
}
