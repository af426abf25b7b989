package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;

/** Scores speakers of whom it is known when they speak. */
final class SpeakerScores {
    private SpeakerScores() {}

    /**
     * Scores each speaker of a recording.
     *
     * @param turns of the recording, in the order of their beginnings; with a mix of channels, they are all in the mix
     * @param channels that have ended and all of whose windows have scores
     * @param transcripts one for each channel, or none
     * @return a speaker without a turn in the recording is left out
     */
    static List<SpeakerScore> of(List<SpeakerTurn> turns, List<ChannelScore> channels, List<Transcript> transcripts) {
        Map<String, List<SpeakerTurn>> bySpeaker = turns.stream()
                .collect(Collectors.groupingBy(SpeakerTurn::speaker, LinkedHashMap::new, Collectors.toList()));
        List<SpeakerScore> scores = new ArrayList<>();
        List<SpeechActivity> activities = new ArrayList<>();
        bySpeaker.forEach((speaker, own) -> {
            int channel = Math.min(own.get(0).channel(), channels.size()) - 1;
            ChannelScore score = channels.get(channel);
            List<ChannelScore.Span> spans = score.spans(own);
            if (!spans.isEmpty()) {
                activities.add(score.activity(spans));
                Transcript words = transcripts.isEmpty() ? Transcript.EMPTY : said(own, transcripts.get(channel));
                scores.add(new SpeakerScore(speaker, channel + 1, score.timeline(spans), null, words));
            }
        });
        List<CallStatistics.Side> sides = CallStatistics.of(activities).sides();
        for (int i = 0; i < scores.size(); i++) {
            SpeakerScore score = scores.get(i);
            scores.set(
                    i,
                    new SpeakerScore(
                            score.speaker(), score.channel(), score.timeline(), sides.get(i), score.transcript()));
        }
        return scores;
    }

    /** The words whose middle is in a turn. */
    private static Transcript said(List<SpeakerTurn> turns, Transcript transcript) {
        List<Word> words = transcript.words().stream()
                .filter(word -> turns.stream()
                        .anyMatch(turn -> turn.startSeconds() <= word.middleSeconds()
                                && word.middleSeconds() < turn.endSeconds()))
                .toList();
        return new Transcript(words);
    }
}
