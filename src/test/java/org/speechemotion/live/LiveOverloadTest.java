package org.speechemotion.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.speechemotion.asr.Recognition;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;
import org.speechemotion.asr.WordPerSecond;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.PcmFormat;
import org.speechemotion.common.Rejection;
import org.speechemotion.encoder.Frames;
import org.speechemotion.scoring.ScoredRecording;

/** Tests live recordings whose scorer or recogniser is slow or fails. */
@Timeout(60)
class LiveOverloadTest extends LiveRecordingFixture {
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
        // The last of the first 30 s may not have been taken yet; the rest of the audio follows as soon as it has.
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
    void aSlowScorerSkipsWholeWindowsAndReportsIt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        scorer.close();
        scorer = new WindowScorer(new Slow(encoder, release), LiveRecordingFixture::model, 1, 1);
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
                LiveRecordingFixture::model,
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
                LiveRecordingFixture::model,
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
}
