package org.speechemotion.asr.pretrained;

import java.util.Arrays;
import java.util.List;
import org.speechemotion.asr.CtcDecoder;
import org.speechemotion.asr.Recognition;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.Transcript;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;

/**
 * A recogniser of a CTC model. Longer recordings are divided into overlapping windows, each normalised by itself if the model
 * normalises its input. Their frames are those of the whole recording, and of each overlap both windows contribute the half
 * that is farther from their edges, so the decoder sees one sequence of logits without a seam.
 */
final class CtcRecognizer implements SpeechRecognizer {
    private final CtcModel model;
    private final Encoder encoder;

    CtcRecognizer(CtcModel model, Encoder encoder) {
        this.model = model;
        this.encoder = encoder;
    }

    @Override
    public int sampleRate() {
        return model.sampleRate();
    }

    @Override
    public Recognition begin() {
        return new Windows();
    }

    @Override
    public void close() {
        encoder.close();
    }

    private final class Windows implements Recognition {
        private final CtcDecoder.Decoding decoding = model.decoder().begin();
        private final float[] logits = new float[model.head().outputs()];
        private final int length;
        private final int overlap;
        /** The samples of a window, and those of one more frame, with which it is certain that the window is not the last. */
        private final int capacity;

        private float[] held;
        private int filled;
        /** The number of frames of the current window that the previous one has contributed. */
        private int skip;

        Windows() {
            double framesPerSecond = (double) model.sampleRate() / model.hop();
            length = Math.max(2, (int) (model.settings().windowSeconds() * framesPerSecond));
            overlap = (int) (model.settings().overlapSeconds() * framesPerSecond);
            capacity = length * model.hop() + model.receptiveField();
            held = new float[Math.min(capacity, model.sampleRate())];
        }

        @Override
        public boolean accept(float[] samples, int count) {
            boolean decoded = false;
            for (int taken = 0; taken < count; ) {
                if (filled == held.length) {
                    held = Arrays.copyOf(held, Math.min(capacity, 2 * held.length));
                }
                int piece = Math.min(count - taken, held.length - filled);
                System.arraycopy(samples, taken, held, filled, piece);
                taken += piece;
                filled += piece;
                if (filled == capacity) {
                    decode(capacity - model.hop(), length - overlap / 2);
                    int stride = (length - overlap) * model.hop();
                    System.arraycopy(held, stride, held, 0, filled - stride);
                    filled -= stride;
                    skip = overlap - overlap / 2;
                    decoded = true;
                }
            }
            return decoded;
        }

        @Override
        public Transcript soFar() {
            return decoding.transcript((double) model.hop() / model.sampleRate());
        }

        @Override
        public Transcript finish() {
            if (filled > 0) {
                decode(filled, Integer.MAX_VALUE);
            }
            return soFar();
        }

        /** Decodes the frames of the current window from {@code skip} to {@code end} or to its last one. */
        private void decode(int samples, int end) {
            Frames states =
                    encoder.encode(List.of(Arrays.copyOf(held, samples))).get(0);
            for (int frame = skip; frame < Math.min(end, states.time()); frame++) {
                model.head().apply(states.values(), frame, logits);
                decoding.accept(logits);
            }
        }
    }
}
