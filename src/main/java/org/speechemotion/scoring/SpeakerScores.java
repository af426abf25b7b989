package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;

/**
 * The scores of speakers whose turns are known.
 *
 * @param speakers the speakers in the order of their first turns
 * @param call their speaking times
 */
record SpeakerScores(List<SpeakerScore> speakers, CallStatistics call) {

    /** A speaker on a channel, counted from 1. */
    private record Voice(String speaker, int channel) {}

    /**
     * Scores each speaker of a recording. A name on two channels is two speakers, unless the channels are mixed.
     *
     * @param turns the turns of the recording, in the order of their beginnings; with a mix of channels, they are all in the mix
     * @param channels the channels, which have ended and all of whose windows have scores
     * @param transcripts one for each channel, or none
     * @return a speaker without a turn in the recording is left out
     */
    static SpeakerScores of(List<SpeakerTurn> turns, List<ChannelScore> channels, List<Transcript> transcripts) {
        Map<Voice, List<SpeakerTurn>> byVoice = turns.stream()
                .collect(Collectors.groupingBy(
                        turn -> new Voice(turn.speaker(), Math.min(turn.channel(), channels.size())),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<SpeakerScore> scores = new ArrayList<>();
        List<SpeechActivity> activities = new ArrayList<>();
        byVoice.forEach((voice, own) -> {
            int channel = voice.channel - 1;
            ChannelScore score = channels.get(channel);
            List<SampleRange> ranges = score.ranges(own);
            if (!ranges.isEmpty()) {
                activities.add(score.activity(ranges));
                Transcript words = transcripts.isEmpty() ? Transcript.EMPTY : said(own, transcripts.get(channel));
                scores.add(new SpeakerScore(voice.speaker, voice.channel, score.timeline(ranges), null, words));
            }
        });
        CallStatistics call = CallStatistics.of(activities);
        for (int i = 0; i < scores.size(); i++) {
            SpeakerScore score = scores.get(i);
            scores.set(
                    i,
                    new SpeakerScore(
                            score.speaker(),
                            score.channel(),
                            score.timeline(),
                            call.sides().get(i),
                            score.transcript()));
        }
        return new SpeakerScores(scores, call);
    }

    /** Returns the words whose middle is in a turn. */
    private static Transcript said(List<SpeakerTurn> turns, Transcript transcript) {
        List<Word> words = transcript.words().stream()
                .filter(word -> turns.stream()
                        .anyMatch(turn -> turn.startSeconds() <= word.middleSeconds()
                                && word.middleSeconds() < turn.endSeconds()))
                .toList();
        return new Transcript(words);
    }
}
