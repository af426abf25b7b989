package org.speechemotion.encoder.kernel;

import java.util.List;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.math.Matrix;

/** A batch of clips whose frames are consecutive rows of every matrix, so that clips of any length need no padding. */
final class PackedBatch {
    private final List<float[]> waveforms;
    private final int[] starts;

    /** @throws IllegalArgumentException if a clip is too short for a frame, or the batch is too long for a matrix */
    PackedBatch(List<float[]> waveforms, TransformerConfig config) {
        this.waveforms = waveforms;
        starts = new int[waveforms.size() + 1];
        for (int clip = 0; clip < waveforms.size(); clip++) {
            int samples = waveforms.get(clip).length;
            int frames = config.frames(samples);
            if (frames < 1) {
                throw new IllegalArgumentException(
                        "clip " + clip + " has " + samples + " samples; allowed: at least " + config.receptiveField());
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

    /** Returns the first row of a clip. */
    int start(int clip) {
        return starts[clip];
    }

    int maxFrames() {
        int max = 0;
        for (int clip = 0; clip < clips(); clip++) {
            max = Math.max(max, frames(clip));
        }
        return max;
    }

    /** Returns the number of rows of all clips. */
    int rows() {
        return starts[clips()];
    }

    /** Returns the rows of a clip in a matrix of all rows. */
    Matrix of(int clip, Matrix all) {
        return all.rows(starts[clip], frames(clip));
    }
}
