package org.speechemotion.encoder.transformer;

import java.util.List;
import org.speechemotion.encoder.Frames;

/** Computes the forward pass of a frozen encoder. All engines compute the same function; they are thread-safe until closed. */
public interface FrozenForward extends AutoCloseable {

    /**
     * Encodes clips and computes only the layers that the tap needs.
     *
     * @param waveforms one or more waveforms, normalised as the encoder requires, of any length from
     *     {@link TransformerConfig#receptiveField()} samples; they are not modified
     * @return for each waveform, in order, {@code [frames(samples), tap.width(config)]}, independent of the others
     */
    List<Frames> run(List<float[]> waveforms, Tap tap);

    @Override
    void close();
}
