package org.speechemotion.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.PcmFormat;
import org.speechemotion.audio.PcmWav;
import org.speechemotion.common.Result;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.scoring.Segment;

/** Windows of 1 s every 0.5 s, smoothed over 3 s, at 8 kHz. */
@Timeout(60)
class LiveRecordingTest extends LiveRecordingFixture {
    @ParameterizedTest
    @CsvSource({
        // Pieces of one sample to ten seconds, of odd numbers of bytes too.
        "8000, 1, MIX, 7.3, 2",
        "8000, 1, MIX, 7.3, 4001",
        "8000, 1, MIX, 7.3, 160000",
        "44100, 2, MIX, 6.1, 3",
        "44100, 2, EACH, 6.1, 7001",
        "48000, 2, EACH, 6.1, 1920000",
        "16000, 3, EACH, 4.27, 999",
        "11025, 1, MIX, 5.9, 22050",
        // No longer than a window, of which there is one.
        "16000, 1, MIX, 0.3, 77",
        "8000, 1, MIX, 1, 100",
        "8000, 1, MIX, 1.01, 100"
    })
    void resultsEqualThoseOfTheFile(int rate, int channels, Channels wanted, double seconds, int piece)
            throws Exception {
        byte[] pcm = talk(rate, channels, seconds);
        RecordingSettings settings = settings(wanted);
        List<LiveEvent> events = Collections.synchronizedList(new ArrayList<>());
        LiveStream stream = stream(new PcmFormat(PcmFormat.Encoding.S16LE, rate, channels), settings, WAIT, events);
        feed(stream, pcm, piece);
        ScoredRecording live = stream.finish().get().orElseThrow();
        ScoredRecording file = score(PcmWav.of(pcm, rate, channels), settings).orElseThrow();
        assertAlike(live, file);
        assertThat(events.get(events.size() - 1)).isEqualTo(new LiveEvent.End(Result.accepted(live), 0));
        for (int channel = 0; channel < live.channels().size(); channel++) {
            assertThat(words(events, channel))
                    .isEqualTo(file.transcripts().get(channel).words())
                    .hasSize((int) Math.ceil(seconds));
        }
    }

    @Test
    void eventsDoNotDependOnThePieces() throws Exception {
        byte[] pcm = talk(16_000, 2, 9.13);
        List<String> expected = null;
        for (int piece : new int[] {2, 1234, 32_000, 1_000_000}) {
            List<LiveEvent> events = Collections.synchronizedList(new ArrayList<>());
            LiveStream stream =
                    stream(new PcmFormat(PcmFormat.Encoding.S16LE, 16_000, 2), settings(Channels.EACH), WAIT, events);
            feed(stream, pcm, piece);
            stream.finish().get();
            // Scores come from other threads, so only the order of one kind in one channel is certain.
            List<String> found = events.stream()
                    .filter(event -> !(event instanceof LiveEvent.End))
                    .map(LiveRecordingFixture::text)
                    .sorted()
                    .toList();
            expected = expected == null ? found : expected;
            assertThat(found).isEqualTo(expected);
            assertThat(events.stream()
                            .filter(event -> event instanceof LiveEvent.Window window && window.channel() == 1)
                            .map(event -> ((LiveEvent.Window) event).startSeconds()))
                    .isSorted()
                    .hasSize(18);
        }
        assertThat(expected)
                .anyMatch(line -> line.startsWith("SpeechStart"))
                .anyMatch(line -> line.startsWith("Words"));
    }

    /** Without smoothing and with speech throughout, nothing that follows changes a segment. */
    @Test
    void provisionalSegmentsEqualThoseOfTheFile() throws Exception {
        byte[] pcm = talk(RATE, 1, 8);
        RecordingSettings settings = settings(Channels.MIX).withSmoothing(0);
        List<LiveEvent> events = Collections.synchronizedList(new ArrayList<>());
        LiveStream stream = stream(new PcmFormat(PcmFormat.Encoding.S16LE, RATE, 1), settings, WAIT, events);
        feed(stream, pcm, 1000);
        List<Segment> all =
                stream.finish().get().orElseThrow().channels().get(0).segments();
        List<Segment> early = events.stream()
                .filter(event -> event instanceof LiveEvent.Provisional)
                .map(event -> ((LiveEvent.Provisional) event).segment())
                .toList();
        assertThat(early).hasSize(15);
        for (int i = 0; i < early.size(); i++) {
            assertThat(early.get(i).startSeconds()).isEqualTo(all.get(i).startSeconds());
            assertAlike(early.get(i).probabilities(), all.get(i).probabilities());
        }
    }

    @Test
    void streamsAreCutAtTheMaximumLength() throws Exception {
        RecordingSettings settings = settings(Channels.MIX).withLimits(3, 1 << 20);
        byte[] pcm = talk(RATE, 1, 7);
        List<LiveEvent> events = Collections.synchronizedList(new ArrayList<>());
        LiveStream stream = stream(new PcmFormat(PcmFormat.Encoding.S16LE, RATE, 1), settings, WAIT, events);
        feed(stream, pcm, 1001);
        stream.finish().get();
        List<ScoredRecording> parts = events.stream()
                .filter(event -> event instanceof LiveEvent.End)
                .map(event -> ((LiveEvent.End) event).result().orElseThrow())
                .toList();
        assertThat(parts).extracting(ScoredRecording::durationSeconds).containsExactly(3.0, 3.0, 1.0);
        for (int i = 0; i < parts.size(); i++) {
            int from = 2 * 3 * i * RATE;
            byte[] part = Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + 2 * 3 * RATE));
            assertAlike(parts.get(i), score(PcmWav.of(part, RATE, 1), settings).orElseThrow());
        }
    }

    @Test
    void badAudioIsRejectedAndCancelledSourcesHaveNoResult() throws Exception {
        List<LiveEvent> events = Collections.synchronizedList(new ArrayList<>());
        PcmFormat floats = new PcmFormat(PcmFormat.Encoding.F32LE, RATE, 1);
        LiveStream stream = stream(floats, settings(Channels.MIX), WAIT, events);
        ByteBuffer samples = ByteBuffer.allocate(4 * RATE).order(ByteOrder.LITTLE_ENDIAN);
        samples.putFloat(4 * 100, Float.NaN);
        stream.accept(samples);
        stream.accept(ByteBuffer.allocate(100));
        assertThat(stream.finish().get()).isInstanceOfSatisfying(Result.Rejected.class, rejected -> assertThat(
                        rejected.rejection().code())
                .isEqualTo("not-finite"));
        assertThat(stream(floats, settings(Channels.MIX), WAIT, events)
                        .finish()
                        .get()
                        .isRejected())
                .isTrue();
        LiveStream gone = stream(floats, settings(Channels.MIX), WAIT, events);
        gone.accept(ByteBuffer.allocate(4 * RATE * 3));
        gone.cancel();
        assertThat(gone.finish()).isCompletedExceptionally();
    }
}
