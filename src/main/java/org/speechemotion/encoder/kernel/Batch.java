package org.speechemotion.encoder.kernel;

import java.util.List;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** Clips whose frames lie one behind the other in the rows of every matrix: of any lengths, so without padding. */
final class Batch {
    private final List<float[]> waveforms;
    private final int[] starts;

    /** @throws IllegalArgumentException if a clip is too short for a frame, or all are too long for a matrix */
    Batch(List<float[]> waveforms, TransformerConfig config) {
        this.waveforms = waveforms;
        starts = new int[waveforms.size() + 1];
        for (int clip = 0; clip < waveforms.size(); clip++) {
            int samples = waveforms.get(clip).length;
            int frames = config.frames(samples);
            if (frames < 1) {
                throw new IllegalArgumentException("clip " + clip + " has " + samples
                        + " samples; allowed are at least " + config.receptiveField());
            }
            starts[clip + 1] = Math.addExact(starts[clip], frames);
        }
    }

    int clips() {
        return waveforms.size();
    }

    float[] waveform(int clip) {
        return waveforms.get(clip);
    }

    int frames(int clip) {
        return starts[clip + 1] - starts[clip];
    }

    /** A clip's first row. */
    int start(int clip) {
        return starts[clip];
    }

    int mostFrames() {
        int most = 0;
        for (int clip = 0; clip < clips(); clip++) {
            most = Math.max(most, frames(clip));
        }
        return most;
    }

    /** Of all clips. */
    int rows() {
        return starts[clips()];
    }

    /** A clip's share of a matrix of all rows. */
    Matrix of(int clip, Matrix all) {
        return all.rows(starts[clip], frames(clip));
    }
}
