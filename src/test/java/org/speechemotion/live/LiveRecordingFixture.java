package org.speechemotion.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.speechemotion.asr.Word;
import org.speechemotion.asr.WordPerSecond;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.PcmFormat;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Result;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.ForwardingEncoder;
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

/** Streams with known scores and words, and their comparison with files. */
abstract class LiveRecordingFixture {
    static final int RATE = 8000;
    static final AudioSettings AUDIO = new AudioSettings(RATE, 0.05, 60, 1 << 20);

    static final LiveSettings WAIT = new LiveSettings(Overload.WAIT, 4);
    final LoudnessEncoder encoder = new LoudnessEncoder(RATE, 50);

    WindowScorer scorer = new WindowScorer(encoder, LiveRecordingFixture::model, 3, 2);
    Transcriber transcriber = new Transcriber(new WordPerSecond(RATE), 2);

    @AfterEach
    void close() {
        scorer.close();
        transcriber.close();
    }

    static List<Word> words(List<LiveEvent> events, int channel) {
        return List.of(events.toArray(LiveEvent[]::new)).stream()
                .filter(event -> event instanceof LiveEvent.Words words && words.channel() == channel)
                .flatMap(event -> ((LiveEvent.Words) event).words().stream())
                .toList();
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    LiveStream stream(PcmFormat format, RecordingSettings settings, LiveSettings live, List<LiveEvent> events)
            throws RejectedException {
        return new LiveStream(format, AUDIO, settings, live, scorer, Optional.of(transcriber), events::add);
    }

    static void feed(LiveStream stream, byte[] pcm, int piece) throws InterruptedException {
        for (int from = 0; from < pcm.length; from += piece) {
            stream.accept(ByteBuffer.wrap(pcm, from, Math.min(piece, pcm.length - from)));
            if (piece > 100) {
                stream.awaitRoom();
            }
        }
    }

    static String text(LiveEvent event) {
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

    Result<ScoredRecording> score(byte[] file, RecordingSettings settings) {
        RecordingScorer<String> files = new RecordingScorer<>(
                new RecordingReader<>(
                        (AudioSource) (path, maxBytes) -> file,
                        new AudioDecoder(settings.audio(AUDIO)),
                        settings.channels()),
                ClipBatches.predicting(encoder, model(), 16, false),
                settings,
                Analyses.<String>none().withRecognizer(Optional.of(new WordPerSecond(RATE))));
        return ((Recording.Finished<String>)
                        files.score(List.of("a").iterator()).next())
                .result();
    }

    static RecordingSettings settings(Channels channels) {
        return RecordingSettings.defaults()
                .withWindows(1, 0.5)
                .withSmoothing(3)
                .withChannels(channels)
                .withLimits(60, 1 << 22);
    }

    static EmotionModel model() {
        return new EmotionModel(TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE);
    }

    static void assertAlike(ScoredRecording found, ScoredRecording expected) {
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

    static void assertAlike(Optional<Probabilities> found, Optional<Probabilities> expected) {
        assertThat(found.isPresent()).isEqualTo(expected.isPresent());
        expected.ifPresent(values -> assertThat(found.get().values()).containsExactly(values.values(), within(1e-5f)));
    }

    /** Tones of 0.2 s with next to nothing between them, two seconds of it in four; 16 bits. */
    static byte[] talk(int rate, int channels, double seconds) {
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

    /** Waits for permission. */
    static class Slow extends ForwardingEncoder {
        private final CountDownLatch release;

        Slow(Encoder encoder, CountDownLatch release) {
            super(encoder);
            this.release = release;
        }

        @Override
        public List<Frames> encode(List<float[]> waveforms) {
            LiveRecordingFixture.await(release);
            return super.encode(waveforms);
        }
    }
}
