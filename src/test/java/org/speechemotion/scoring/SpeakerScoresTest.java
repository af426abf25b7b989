package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;

/** Speakers of one channel by hand: windows of 4 s every 2 s, which are happy with a probability that the test gives. */
class SpeakerScoresTest {
    private static final int RATE = 1000;

    /** 8 s, with windows at 0, 2 and 4 s. */
    private static final List<SpeakerTurn> TURNS = List.of(
            new SpeakerTurn("anna", 1, 0, 1.5),
            new SpeakerTurn("anna", 1, 1.5, 3),
            new SpeakerTurn("ben", 1, 2.5, 6),
            new SpeakerTurn("anna", 1, 6, 99),
            new SpeakerTurn("nobody", 1, 8, 9));

    @Test
    void segmentsAreTheMeanOfTheirWindowsInTurns() {
        List<SpeakerScore> speakers =
                SpeakerScores.of(TURNS, List.of(channel(0)), List.of()).speakers();
        assertThat(speakers).extracting(SpeakerScore::speaker).containsExactly("anna", "ben");
        // Anna: 0 to 3 s in pieces of the hop, 2 s and 1 s, then 6 to 8 s. Ben: 2.5 to 4.5 and 4.5 to 6 s.
        assertThat(happy(speakers.get(0))).containsExactly("0.0-2.0 0.80", "2.0-3.0 0.60", "6.0-8.0 0.20");
        assertThat(happy(speakers.get(1)))
                .containsExactly(String.format("2.5-4.5 %.2f", (1.5 * 0.8 + 2 * 0.4 + 0.5 * 0.2) / 4), "4.5-6.0 0.30");
        assertThat(speakers.get(0).timeline().summary().speechSeconds()).isEqualTo(5);
        assertThat(speakers.get(0)
                        .timeline()
                        .summary()
                        .probabilities()
                        .orElseThrow()
                        .values()[Emotion.HAPPY.label()])
                .isCloseTo((2 * 0.8f + 0.6f + 2 * 0.2f) / 5, within(1e-6f));
        assertThat(speakers.get(0).timeline().shares(EmotionSet.EIGHT, 0).get("happy"))
                .isCloseTo(3 / 5.0, within(1e-9));
    }

    @Test
    void smoothingUsesTheSameSpeakerOnly() {
        List<SpeakerScore> speakers =
                SpeakerScores.of(TURNS, List.of(channel(100)), List.of()).speakers();
        assertThat(happy(speakers.get(0)))
                .extracting(segment -> segment.replaceFirst(".* ", ""))
                .containsOnly(String.format("%.2f", (2 * 0.8 + 0.6 + 2 * 0.2) / 5));
    }

    @Test
    void speakingTimesAreExact() {
        Transcript said = new Transcript(List.of(
                new Word("hello", 0.1, 0.5, 1),
                new Word("no", 2.4, 2.8, 1), // both speak
                new Word("never", 5, 5.5, 1)));
        SpeakerScores scores = SpeakerScores.of(TURNS, List.of(channel(0)), List.of(said));
        List<SpeakerScore> speakers = scores.speakers();
        CallStatistics.Side anna = speakers.get(0).side();
        CallStatistics.Side ben = speakers.get(1).side();
        assertThat(List.of(anna.talkSeconds(), ben.talkSeconds())).containsExactly(5.0, 3.5);
        assertThat(anna.talkShare()).isCloseTo(5 / 8.5, within(1e-9));
        assertThat(List.of(anna.turns(), ben.turns())).containsExactly(2, 1);
        assertThat(List.of(anna.interruptions(), ben.interruptions())).containsExactly(0, 1);
        assertThat(anna.loudness()).isCloseTo(10 * Math.log10(0.5 * 0.5 / 2), within(0.05));
        assertThat(scores.call().sides()).containsExactly(anna, ben);
        assertThat(List.of(scores.call().overlapSeconds(), scores.call().silenceSeconds()))
                .containsExactly(0.5, 0.0);
        assertThat(speakers.get(0).transcript().text()).isEqualTo("hello no");
        assertThat(speakers.get(1).transcript().text()).isEqualTo("no never");
    }

    @Test
    void oneNameOnTwoChannelsIsTwoSpeakers() {
        List<SpeakerTurn> both = List.of(new SpeakerTurn("agent", 1, 0, 2), new SpeakerTurn("agent", 2, 4, 8));
        List<SpeakerScore> apart = SpeakerScores.of(both, List.of(channel(0), channel(0)), List.of())
                .speakers();
        assertThat(apart).extracting(SpeakerScore::channel).containsExactly(1, 2);
        assertThat(happy(apart.get(0))).containsExactly("0.0-2.0 0.80");
        assertThat(happy(apart.get(1))).containsExactly("4.0-6.0 0.30", "6.0-8.0 0.20");
        // In the mix of the channels they are one.
        List<SpeakerScore> mixed =
                SpeakerScores.of(both, List.of(channel(0)), List.of()).speakers();
        assertThat(happy(mixed.get(0))).containsExactly("0.0-2.0 0.80", "4.0-6.0 0.30", "6.0-8.0 0.20");
        assertThat(mixed).hasSize(1);
    }

    @Test
    void emotionsMayBeOfAnotherSet() {
        EmotionSet own = EmotionSet.ofModel(List.of("relaxed", "urgent"));
        ChannelScore channel = channel(
                0,
                window -> new Probabilities(own, new float[] {window == 0 ? 0.9f : 0.3f, window == 0 ? 0.1f : 0.7f}));
        List<SpeakerScore> speakers =
                SpeakerScores.of(TURNS, List.of(channel), List.of()).speakers();
        assertThat(speakers.get(0)
                        .timeline()
                        .segments()
                        .get(0)
                        .probabilities()
                        .orElseThrow()
                        .emotion()
                        .id())
                .isEqualTo("relaxed");
        assertThat(speakers.get(0).timeline().shares(own, 0)).containsOnlyKeys("relaxed", "urgent", "uncertain");
    }

    /** 12 h in segments of 0.1 s; a mean over all pieces for each of them would take hours. */
    @Test
    @Timeout(30)
    void turnsMayBeAsLongAsRecordings() {
        int rate = 100;
        ChannelScore channel =
                new ChannelScore(RecordingSettings.defaults().withWindows(60, 0.1), rate, (index, samples) -> {});
        float[] minute = new float[60 * rate];
        for (int i = 0; i < 720; i++) {
            channel.accept(minute, minute.length);
        }
        channel.finish();
        List<SpeakerScore> speakers = SpeakerScores.of(
                        List.of(new SpeakerTurn("anna", 1, 0, 1e300)), List.of(channel), List.of())
                .speakers();
        assertThat(speakers.get(0).timeline().segments()).hasSize(432_000);
    }

    private static ChannelScore channel(double smoothing) {
        float[] happy = {0.8f, 0.4f, 0.2f};
        return channel(smoothing, window -> {
            float[] values = new float[EmotionSet.EIGHT.size()];
            values[Emotion.HAPPY.label()] = happy[window];
            values[Emotion.SAD.label()] = 1 - happy[window];
            return new Probabilities(values);
        });
    }

    private static ChannelScore channel(double smoothing, IntFunction<Probabilities> scores) {
        List<Integer> windows = new ArrayList<>();
        ChannelScore channel = new ChannelScore(
                RecordingSettings.defaults().withWindows(4, 2).withSmoothing(smoothing),
                RATE,
                (index, samples) -> windows.add(index));
        float[] samples = new float[8 * RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * 100 * i / RATE));
        }
        channel.accept(samples, samples.length);
        channel.finish();
        for (int window : windows) {
            channel.predicted(window, new ClipScore(scores.apply(window), Optional.empty()));
        }
        return channel;
    }

    private static List<String> happy(SpeakerScore speaker) {
        return speaker.timeline().segments().stream()
                .map(segment -> String.format(
                        "%.1f-%.1f %.2f",
                        segment.startSeconds(),
                        segment.endSeconds(),
                        segment.probabilities().orElseThrow().values()[Emotion.HAPPY.label()]))
                .toList();
    }
}
