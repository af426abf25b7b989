package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.asr.Word;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.live.LiveEvent;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.scoring.Segment;

class LiveViewTest {
    private static final Probabilities HAPPY =
            new Probabilities(new float[] {0.1f, 0.05f, 0.6f, 0.05f, 0.05f, 0.05f, 0.05f, 0.05f});
    private static final Probabilities ANYTHING =
            new Probabilities(new float[] {0.3f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f});

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String shown(boolean terminal, LiveEvent... events) {
        LiveView view =
                new LiveView(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, EmotionSet.EIGHT, 0);
        List.of(events).forEach(view::show);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutATerminalEverySegmentIsALine() {
        assertThat(shown(
                        false,
                        new LiveEvent.Level(0, 5, -20),
                        new LiveEvent.Window(0, 0, 5, true, HAPPY),
                        new LiveEvent.Provisional(0, new Segment(0, 2.5, Optional.of(HAPPY))),
                        new LiveEvent.Provisional(0, new Segment(2.5, 5, Optional.of(ANYTHING))),
                        new LiveEvent.Provisional(0, new Segment(5, 7.5, Optional.empty())),
                        new LiveEvent.Words(0, List.of(new Word("HELLO", 1, 2, 0.9), new Word("YOU", 2.1, 3, 0.9))),
                        new LiveEvent.Skipped(0, 65, 70),
                        new LiveEvent.WordsSkipped(0, 70, 81),
                        end()))
                .isEqualToNormalizingNewlines(
                        """
                        00:00.0 – 00:02.5  happy 0.60
                        00:02.5 – 00:05.0  not sure 0.30
                        00:05.0 – 00:07.5  silence
                        00:01.0 – 00:03.0  "HELLO YOU"
                        01:05.0 – 01:10.0: skipped, because the scoring does not keep up
                        01:10.0 – 01:21.0: not transcribed, because the recognition does not keep up
                        """);
    }

    @Test
    void onATerminalABlockStaysInPlaceAndIsRemovedAtTheEnd() {
        String text = shown(
                true,
                new LiveEvent.SpeechStart(0, 0),
                new LiveEvent.Window(0, 0, 5, true, HAPPY),
                new LiveEvent.Provisional(0, new Segment(0, 2.5, Optional.of(HAPPY))),
                new LiveEvent.Provisional(0, new Segment(2.5, 5, Optional.of(ANYTHING))),
                new LiveEvent.Words(0, List.of(new Word("HELLO", 1, 2, 0.9))),
                new LiveEvent.Level(0, 7.5, -35),
                new LiveEvent.Level(0, 7.6, -35),
                end());
        assertThat(text).contains("00:07.5   -35 dB  ███████████████···············  speech");
        assertThat(text).contains("> h happy      0.60  ██████████████████············");
        assertThat(text).contains("  n neutral    0.10  ███···························");
        assertThat(text).contains("  h?  (? not sure, . silence)").contains("  HELLO");
        // A level, eight emotions, a timeline and words: eleven lines, drawn twice and then removed.
        assertThat(text.split("\n", -1)).hasSize(2 * 11 + 1);
        assertThat(text.split("\033\\[11A", -1)).hasSize(3);
        assertThat(text).endsWith("\033[11A\r\033[J");
    }

    @Test
    void aViewOfDaysStaysSmall() {
        LiveEvent[] events = new LiveEvent[5000];
        for (int i = 0; i < events.length; i++) {
            events[i] = i % 10 == 9
                    ? new LiveEvent.Level(0, i, -50)
                    : new LiveEvent.Provisional(0, new Segment(i, i + 1, Optional.of(HAPPY)));
        }
        assertThat(shown(true, events).lines()).allMatch(line -> line.length() < 110);
    }

    private static LiveEvent end() {
        return new LiveEvent.End(Result.rejected(new Rejection("empty", "there are no samples")), 0);
    }
}
