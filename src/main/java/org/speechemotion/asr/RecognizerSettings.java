package org.speechemotion.asr;

import java.io.Serializable;
import java.util.Objects;

/**
 * The settings of speech recognition.
 *
 * @param path the folder of a CTC model in the layout of Hugging Face; "" for none
 * @param beamWidth the number of label sequences that a beam search keeps; 1 for greedy decoding
 * @param languageModel an ARPA file; "" for none
 * @param languageModelWeight the factor on the natural log-probabilities of the language model
 * @param wordBonus the bonus of each word with a language model, added to natural log-probabilities
 * @param windowSeconds the length of the windows in which longer recordings are transcribed, in s
 * @param overlapSeconds the overlap of neighbouring windows, in s
 */
public record RecognizerSettings(
        String path,
        int beamWidth,
        String languageModel,
        double languageModelWeight,
        double wordBonus,
        double windowSeconds,
        double overlapSeconds)
        implements Serializable {
    private static final int MAX_BEAM_WIDTH = 1000;
    private static final double MAX_WINDOW = 120;

    /** @throws IllegalArgumentException if a value is out of its range, or a language model is combined with greedy decoding */
    public RecognizerSettings {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(languageModel, "languageModel");
        if (beamWidth < 1 || beamWidth > MAX_BEAM_WIDTH) {
            throw new IllegalArgumentException("asr.beam-width is " + beamWidth + "; allowed: 1 to " + MAX_BEAM_WIDTH);
        }
        if (!languageModel.isEmpty() && beamWidth == 1) {
            throw new IllegalArgumentException("asr.language-model is " + languageModel
                    + ", but asr.beam-width is 1, which is greedy decoding; allowed with a language model: 2 to "
                    + MAX_BEAM_WIDTH);
        }
        if (!(windowSeconds >= 1 && windowSeconds <= MAX_WINDOW)
                || !(overlapSeconds >= 0 && overlapSeconds <= windowSeconds / 2)) {
            throw new IllegalArgumentException("asr.window-seconds is " + windowSeconds
                    + " and asr.overlap-seconds is " + overlapSeconds + "; allowed: windows of 1 s to " + MAX_WINDOW
                    + " s and overlaps of at most half a window");
        }
    }

    /** Returns the settings of greedy decoding in windows of 30 s that overlap by 4 s. */
    public static RecognizerSettings at(String path) {
        return new RecognizerSettings(path, 1, "", 0.5, 1.5, 30, 4);
    }

    /** Returns these settings with another beam width, in label sequences. */
    public RecognizerSettings withBeamWidth(int width) {
        return new RecognizerSettings(
                path, width, languageModel, languageModelWeight, wordBonus, windowSeconds, overlapSeconds);
    }

    /** Returns these settings with other windows, in s. */
    public RecognizerSettings withWindows(double seconds, double overlap) {
        return new RecognizerSettings(path, beamWidth, languageModel, languageModelWeight, wordBonus, seconds, overlap);
    }

    /** Returns these settings with another folder. */
    public RecognizerSettings withPath(String folder) {
        return new RecognizerSettings(
                folder, beamWidth, languageModel, languageModelWeight, wordBonus, windowSeconds, overlapSeconds);
    }
}
