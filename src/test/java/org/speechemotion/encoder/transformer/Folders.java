package org.speechemotion.encoder.transformer;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/**
 * Tiny checkpoints of random weights, with the outputs of Hugging Face transformers 5.18.0 on PyTorch 2.13.0 in
 * {@code expected.safetensors}: {@code wave.<i>}, {@code single.<i>.hidden.<l>} of clip i run alone, and a head's loss
 * with its gradients, {@code grad.*}.
 */
public final class Folders {
    /** The folders with expected outputs of an encoder. */
    public static final List<String> ALL = List.of(
            "hubert-base",
            "hubert-large",
            "hubert-distil",
            "wav2vec2-base",
            "wav2vec2-large",
            "wavlm-base",
            "wavlm-large",
            "hubert-base-bin",
            "hubert-ctc",
            "wav2vec2-ctc");

    /** The folders of sizes and choices that no published model has; see {@code encoder/unusual.py}. */
    public static final List<String> UNUSUAL = List.of("unusual-odd", "unusual-relu", "unusual-buckets");

    private Folders() {}

    public static Path path(String name) {
        try {
            return Path.of(Folders.class.getResource("/encoder/folders/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
