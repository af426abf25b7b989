package org.speechemotion.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.speechemotion.audio.Waveform;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.Sounds;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;

/** From examples to the frames of an augmented view of them. Only training has one. Thread-safe. */
public final class ViewLoader {
    private final ClipLoader clips;
    private final AugmentationChain chain;
    private final Sounds sounds;
    private final Encoder encoder;

    public ViewLoader(ClipLoader clips, AugmentationChain chain, Sounds sounds, Encoder encoder) {
        this.clips = clips;
        this.chain = chain;
        this.sounds = sounds;
        this.encoder = encoder;
    }

    /**
     * Loads, augments and encodes.
     *
     * @param view which one; draws are keyed by it
     * @return the frames of each example, in order
     * @throws IOException as {@link ClipLoader#load}
     */
    public List<Frames> load(List<Example> examples, String view) throws IOException {
        List<float[]> waveforms = new ArrayList<>();
        for (Example example : examples) {
            Waveform clip = clips.load(example);
            waveforms.add(chain.apply(clip, view, example.contentSha256(), sounds)
                    .waveform()
                    .samples());
        }
        return encoder.encode(waveforms);
    }
}
