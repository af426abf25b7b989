package org.speechemotion.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.asr.Recognition;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;
import org.speechemotion.asr.WordPerSecond;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.PcmFormat;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.TinyNetwork;
import org.speechemotion.scoring.Analyses;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.LoudnessEncoder;
import org.speechemotion.scoring.Recording;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.scoring.Segment;
import org.speechemotion.scoring.Timeline;

/** Windows of 1 s every 0.5 s, smoothed over 3 s, at 8 kHz. */
@Timeout(60)
class LiveRecordingTest {
    private static final int RATE = 8000;
    private static final AudioSettings AUDIO = new AudioSettings(RATE, 0.05, 60, 1 << 20);
    private static final LiveSettings WAIT = new LiveSettings(Overload.WAIT, 4);

    private final LoudnessEncoder encoder = new LoudnessEncoder(RATE, 50);
    private WindowScorer scorer = new WindowScorer(encoder, LiveRecordingTest::model, 3, 2);
    private Transcriber transcriber = new Transcriber(new WordPerSecond(RATE), 2);

    @AfterEach
    void close() {
        scorer.close();
        transcriber.close();
    }

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
        ScoredRecording file = score(wav(pcm, rate, channels), settings).orElseThrow();
        assertAlike(live, file);
        assertThat(events.get(events.size() - 1)).isEqualTo(new LiveEvent.End(Result.accepted(live), 0));
        for (int channel = 0; channel < live.channels().size(); channel++) {
            assertThat(words(events, channel))
                    .isEqualTo(file.transcripts().get(channel).words())
                    .hasSize((int) Math.ceil(seconds));
        }
    }

    private static List<Word> words(List<LiveEvent> events, int channel) {
        return List.of(events.toArray(LiveEvent[]::new)).stream()
                .filter(event -> event instanceof LiveEvent.Words words && words.channel() == channel)
                .flatMap(event -> ((LiveEvent.Words) event).words().stream())
                .toList();
    }

    @Test
    void aSlowRecogniserSkipsAudioAndReportsIt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        transcriber = new Transcriber(
                new WordPerSecond(RATE) {
                    @Override
                    public Recognition begin() {
                        Recognition recognition = super.begin();
                        return new Recognition() {
                            @Override
                            public boolean accept(float[] samples, int count) {
                                LiveRecordingTest.await(release);
                                return recognition.accept(samples, count);
                            }

                            @Override
                            public Transcript soFar() {
                                return recognition.soFar();
                            }

                            @Override
                            public Transcript finish() {
                                return recognition.finish();
                            }
                        };
                    }
                },
                1);
        List<LiveEvent> events = Collections.synchronizedList(new ArrayList<>());
        LiveStream stream = stream(
                new PcmFormat(PcmFormat.Encoding.S16LE, RATE, 1),
                settings(Channels.MIX),
                new LiveSettings(Overload.SKIP, 1000),
                events);
        byte[] pcm = talk(RATE, 1, 50);
        feed(stream, Arrays.copyOf(pcm, 2 * 40 * RATE), 800);
        release.countDown();
        while (words(events, 0).size() < 29) {
            Thread.sleep(2);
        }
        // The last of the first 30 s may not have been taken yet; the rest of the audio is heard as soon as it has.
        feed(stream, Arrays.copyOfRange(pcm, 2 * 40 * RATE, pcm.length), 800);
        Transcript transcript =
                stream.finish().get().orElseThrow().transcripts().get(0);
        List<LiveEvent.WordsSkipped> skipped = events.stream()
                .filter(event -> event instanceof LiveEvent.WordsSkipped)
                .map(event -> (LiveEvent.WordsSkipped) event)
                .toList();
        assertThat(skipped).hasSize(1);
        assertThat(skipped.get(0).startSeconds()).isEqualTo(30);
        assertThat(skipped.get(0).endSeconds()).isBetween(39.5, 50.0);
        assertThat(transcript.words()).isEqualTo(words(events, 0));
        assertThat(transcript.between(0, 30).words()).hasSize(30);
        assertThat(transcript.between(30, skipped.get(0).endSeconds()).words()).isEmpty();
        assertThat(transcript.words()).last().extracting(Word::endSeconds).isEqualTo(50.0);
    }

    @Test
    void aFailingRecogniserRejectsOnlyItsRecording() throws Exception {
        PcmFormat format = new PcmFormat(PcmFormat.Encoding.F32LE, RATE, 1);
        LiveStream bad = stream(format, settings(Channels.MIX), WAIT, new ArrayList<>());
        ByteBuffer samples = ByteBuffer.allocate(4 * RATE).order(ByteOrder.LITTLE_ENDIAN);
        samples.putFloat(4 * 100, 0.75f);
        bad.accept(samples);
        assertThat(bad.finish().get().<String>fold(scored -> "", Rejection::code))
                .isEqualTo("not-finite");
        LiveStream good = stream(format, settings(Channels.MIX), WAIT, new ArrayList<>());
        good.accept(ByteBuffer.allocate(4 * RATE));
        assertThat(good.finish().get().orElseThrow().transcripts().get(0).words())
                .hasSize(1);
        transcriber.close();
        LiveStream late = stream(format, settings(Channels.MIX), WAIT, new ArrayList<>());
        late.accept(ByteBuffer.allocate(4 * RATE));
        assertThat(late.finish()).failsWithin(30, TimeUnit.SECONDS);
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
                    .map(LiveRecordingTest::text)
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
    void aSlowScorerSkipsWholeWindowsAndReportsIt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        scorer.close();
        scorer = new WindowScorer(new Slow(encoder, release), LiveRecordingTest::model, 1, 1);
        List<LiveEvent> events = Collections.synchronizedList(new ArrayList<>());
        LiveStream stream = stream(
                new PcmFormat(PcmFormat.Encoding.S16LE, RATE, 1),
                settings(Channels.MIX),
                new LiveSettings(Overload.SKIP, 2),
                events);
        feed(stream, talk(RATE, 1, 6), 800);
        release.countDown();
        ScoredRecording live = stream.finish().get().orElseThrow();
        long skipped = events.stream()
                .filter(event -> event instanceof LiveEvent.Skipped)
                .count();
        // Of the windows at 0, 0.5 … 5 s two wait; the one after the release is scored, or skipped too.
        assertThat(skipped).isBetween(8L, 9L);
        assertThat(((LiveEvent.End) events.get(events.size() - 1)).skipped()).isEqualTo((int) skipped);
        assertThat(live.durationSeconds()).isEqualTo(6);
        assertThat(live.channels().get(0).segments()).hasSize(12);
        // Smoothing reaches those beside the scored ones.
        assertThat(live.channels().get(0).segments().get(2).speech()).isTrue();
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
            assertAlike(parts.get(i), score(wav(part, RATE, 1), settings).orElseThrow());
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

    @Test
    void cancelledWindowsAreNotComputed() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger encoded = new AtomicInteger();
        scorer.close();
        scorer = new WindowScorer(
                new Slow(encoder, release) {
                    @Override
                    public List<Frames> encode(List<float[]> waveforms) {
                        encoded.addAndGet(waveforms.size());
                        return super.encode(waveforms);
                    }
                },
                LiveRecordingTest::model,
                1,
                1);
        PcmFormat format = new PcmFormat(PcmFormat.Encoding.S16LE, RATE, 1);
        for (int i = 0; i < 20; i++) {
            LiveStream gone = stream(format, settings(Channels.MIX), WAIT, new ArrayList<>());
            gone.accept(ByteBuffer.wrap(talk(RATE, 1, 3)));
            gone.cancel();
        }
        LiveStream stays = stream(format, settings(Channels.MIX), WAIT, new ArrayList<>());
        stays.accept(ByteBuffer.wrap(talk(RATE, 1, 1)));
        release.countDown();
        assertThat(stays.finish().get().isRejected()).isFalse();
        // That of the recording that stays, and one that was taken before it was cancelled.
        assertThat(encoded).hasValueBetween(1, 2);
    }

    @Test
    void aFailingModelEndsOnlyTheRecording() throws Exception {
        scorer.close();
        scorer = new WindowScorer(
                new Slow(encoder, new CountDownLatch(0)) {
                    @Override
                    public List<Frames> encode(List<float[]> waveforms) {
                        if (waveforms.stream().anyMatch(samples -> samples[0] == 0.25f)) {
                            throw new IllegalStateException("broken");
                        }
                        return super.encode(waveforms);
                    }
                },
                LiveRecordingTest::model,
                1,
                1);
        PcmFormat format = new PcmFormat(PcmFormat.Encoding.F32LE, RATE, 1);
        LiveStream bad = stream(format, settings(Channels.MIX), WAIT, new ArrayList<>());
        ByteBuffer samples = ByteBuffer.allocate(4 * RATE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < RATE; i++) {
            samples.putFloat(0.25f);
        }
        bad.accept(samples.flip());
        assertThat(bad.finish()).failsWithin(30, TimeUnit.SECONDS);
        LiveStream good = stream(format, settings(Channels.MIX), WAIT, new ArrayList<>());
        good.accept(ByteBuffer.allocate(4 * RATE));
        assertThat(good.finish().get().isRejected()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private LiveStream stream(PcmFormat format, RecordingSettings settings, LiveSettings live, List<LiveEvent> events)
            throws RejectedException {
        return new LiveStream(format, AUDIO, settings, live, scorer, Optional.of(transcriber), events::add);
    }

    private static void feed(LiveStream stream, byte[] pcm, int piece) throws InterruptedException {
        for (int from = 0; from < pcm.length; from += piece) {
            stream.accept(ByteBuffer.wrap(pcm, from, Math.min(piece, pcm.length - from)));
            if (piece > 100) {
                stream.awaitRoom();
            }
        }
    }

    private static String text(LiveEvent event) {
        if (event instanceof LiveEvent.Window window) {
            return String.format(
                    "Window %d %.3f %.3f %s %.4f",
                    window.channel(),
                    window.startSeconds(),
                    window.endSeconds(),
                    window.speech(),
                    window.probabilities().of(1));
        }
        if (event instanceof LiveEvent.Provisional segment) {
            return String.format(
                    "Provisional %d %.3f %.4f",
                    segment.channel(),
                    segment.segment().startSeconds(),
                    segment.segment()
                            .probabilities()
                            .map(likely -> likely.of(1))
                            .orElse(-1f));
        }
        return event.toString();
    }

    private Result<ScoredRecording> score(byte[] file, RecordingSettings settings) {
        RecordingScorer<String> files = new RecordingScorer<>(
                new RecordingReader<>(
                        (AudioSource) (path, most) -> file,
                        new AudioDecoder(settings.audio(AUDIO)),
                        settings.channels()),
                ClipBatches.predicting(encoder, model(), 16, false),
                settings,
                Analyses.<String>none().withRecognizer(Optional.of(new WordPerSecond(RATE))));
        return ((Recording.Finished<String>)
                        files.score(List.of("a").iterator()).next())
                .result();
    }

    private static RecordingSettings settings(Channels channels) {
        return RecordingSettings.defaults()
                .withWindows(1, 0.5)
                .withSmoothing(3)
                .withChannels(channels)
                .withLimits(60, 1 << 22);
    }

    private static EmotionModel model() {
        return new EmotionModel(TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE);
    }

    private static void assertAlike(ScoredRecording found, ScoredRecording expected) {
        assertThat(found.durationSeconds()).isEqualTo(expected.durationSeconds());
        assertThat(found.channels()).hasSameSizeAs(expected.channels());
        assertThat(found.transcripts()).isEqualTo(expected.transcripts());
        for (int channel = 0; channel < expected.channels().size(); channel++) {
            Timeline live = found.channels().get(channel);
            Timeline file = expected.channels().get(channel);
            assertThat(live.summary().speechSeconds()).isEqualTo(file.summary().speechSeconds());
            assertAlike(live.summary().probabilities(), file.summary().probabilities());
            assertThat(live.segments()).hasSameSizeAs(file.segments());
            for (int i = 0; i < file.segments().size(); i++) {
                Segment segment = file.segments().get(i);
                assertThat(live.segments().get(i).startSeconds()).isEqualTo(segment.startSeconds());
                assertThat(live.segments().get(i).endSeconds()).isEqualTo(segment.endSeconds());
                assertAlike(live.segments().get(i).probabilities(), segment.probabilities());
            }
        }
    }

    private static void assertAlike(Optional<Probabilities> found, Optional<Probabilities> expected) {
        assertThat(found.isPresent()).isEqualTo(expected.isPresent());
        expected.ifPresent(values -> assertThat(found.get().values()).containsExactly(values.values(), within(1e-5f)));
    }

    /** Tones of 0.2 s with next to nothing between them, two seconds of it in four; 16 bits. */
    private static byte[] talk(int rate, int channels, double seconds) {
        int frames = (int) (seconds * rate);
        ByteBuffer bytes = ByteBuffer.allocate(frames * channels * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; bytes.hasRemaining(); i++) {
            for (int channel = 0; channel < channels; channel++) {
                boolean tone = i / (rate / 5) % 2 == 0 && (i / (2 * rate) % 2 == 0 || channel == 0);
                double amplitude = tone ? 0.5 : 0.002;
                bytes.putShort((short) Math.round(
                        32_000 * amplitude * Math.sin(2 * Math.PI * (200 + 150 * channel + i / 9000.0) * i / rate)));
            }
        }
        return bytes.array();
    }

    private static byte[] wav(byte[] pcm, int rate, int channels) {
        byte[] file = WavWriter.write(new Waveform(new float[pcm.length / 2], rate));
        System.arraycopy(pcm, 0, file, file.length - pcm.length, pcm.length);
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(22, (short) channels)
                .putInt(28, rate * channels * 2)
                .putShort(32, (short) (2 * channels));
        return file;
    }

    /** Waits for permission. */
    private static class Slow implements Encoder {
        private final Encoder encoder;
        private final CountDownLatch release;

        Slow(Encoder encoder, CountDownLatch release) {
            this.encoder = encoder;
            this.release = release;
        }

        @Override
        public List<Frames> encode(List<float[]> waveforms) {
            LiveRecordingTest.await(release);
            return encoder.encode(waveforms);
        }

        @Override
        public String name() {
            return encoder.name();
        }

        @Override
        public int sampleRate() {
            return encoder.sampleRate();
        }

        @Override
        public int width() {
            return encoder.width();
        }

        @Override
        public double framesPerSecond() {
            return encoder.framesPerSecond();
        }

        @Override
        public int maxFrames(int samples) {
            return encoder.maxFrames(samples);
        }

        @Override
        public String fingerprint() {
            return encoder.fingerprint();
        }

        @Override
        public void close() {
            encoder.close();
        }
    }
}
