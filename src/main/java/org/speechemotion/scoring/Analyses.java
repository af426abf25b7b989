package org.speechemotion.scoring;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.speechemotion.asr.SpeechRecognizer;

/**
 * The analyses of recordings that a {@link RecordingScorer} makes in addition to their emotions.
 *
 * @param <I> the identity of an input
 * @param recognizer transcribes each channel, if it is present; it has the encoder's sample rate and stays open
 * @param acoustics whether the acoustic properties of each channel are measured
 * @param turns gives the turns of the speakers of an input, in the order of their beginnings; empty if they are not known
 * @param clusters the number of speakers that are found in each channel by clustering instead; 0 for none
 */
public record Analyses<I>(
        Optional<SpeechRecognizer> recognizer, boolean acoustics, Function<I, List<SpeakerTurn>> turns, int clusters) {
    /** Emotions only. */
    public static <I> Analyses<I> none() {
        return new Analyses<>(Optional.empty(), false, input -> List.of(), 0);
    }

    public Analyses<I> withRecognizer(Optional<SpeechRecognizer> other) {
        return new Analyses<>(other, acoustics, turns, clusters);
    }
}
