package org.speechemotion.encoder.transformer;

import java.util.List;
import org.speechemotion.encoder.Frames;

/**
 * Runs an encoder forward, without gradients: the same function whatever it runs on. Thread-safe until it is closed.
 */
public interface FrozenForward extends AutoCloseable {

    /**
     * Runs clips through the encoder, no further than what is asked for needs.
     *
     * @param waveforms one or more, already normalised as the encoder wants them, of any lengths from
     *     {@link TransformerConfig#receptiveField()} samples; left untouched
     * @return for each waveform, in order, {@code [frames(samples), tap.width(config)]}, whatever else is in the list
     */
    List<Frames> run(List<float[]> waveforms, Tap tap);

    @Override
    void close();
}
