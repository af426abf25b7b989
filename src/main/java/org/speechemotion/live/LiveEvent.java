package org.speechemotion.live;

import java.util.List;
import org.speechemotion.asr.Word;
import org.speechemotion.common.Result;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.scoring.Segment;

/** An event of a {@link LiveRecording}. Channels are counted from 0; times are in s from the beginning of the recording. */
public sealed interface LiveEvent {
    /**
     * The level of the last 10 ms of a channel; ten a second.
     *
     * @param seconds the length of the audio so far
     * @param decibels the level in dB of full scale
     */
    record Level(int channel, double seconds, double decibels) implements LiveEvent {}

    /** Speech begins, by the noise floor so far. */
    record SpeechStart(int channel, double seconds) implements LiveEvent {}

    /** Speech ends, by the noise floor so far. */
    record SpeechEnd(int channel, double seconds) implements LiveEvent {}

    /**
     * The score of one window; it will not change.
     *
     * @param speech whether the window contains speech, by the noise floor so far
     */
    record Window(int channel, double startSeconds, double endSeconds, boolean speech, Probabilities probabilities)
            implements LiveEvent {}

    /** A window that is not scored, because too many others waited. */
    record Skipped(int channel, double startSeconds, double endSeconds) implements LiveEvent {}

    /** A provisional segment, see {@link org.speechemotion.scoring.ChannelScore#provisional}. */
    record Provisional(int channel, Segment segment) implements LiveEvent {}

    /** Complete words, in order. */
    record Words(int channel, List<Word> words) implements LiveEvent {}

    /** Audio that is not transcribed, because too much other audio waited. */
    record WordsSkipped(int channel, double startSeconds, double endSeconds) implements LiveEvent {}

    /**
     * The last event.
     *
     * @param result the scores, which are those of a file with the same audio unless windows or words were skipped
     * @param skipped the number of windows that were not scored
     */
    record End(Result<ScoredRecording> result, int skipped) implements LiveEvent {}
}
