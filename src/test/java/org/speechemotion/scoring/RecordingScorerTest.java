package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.PcmWav;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.TinyNetwork;

/** Windows of 1 s every 0.5 s, smoothed over 3 s. */
class RecordingScorerTest {
    private static final int RATE = NamedRecordings.RATE;

    /** Every fourth file lasts 1 to 12 s, every seventh is damaged in one of four ways, the others last 0.1 to 1 s. */
    private static final List<String> PATHS = IntStream.range(0, 40)
            .mapToObj(i -> (i % 7 == 6
                            ? List.of("gone-", "empty-", "text-", "cut-").get(i / 7 % 4)
                            : i % 4 == 0 ? "long-" : "short-")
                    + i)
            .toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void everyPathHasOneRecording(int batchSize) {
        List<Recording.Finished<String>> recordings =
                drain(scorer(new NamedRecordings(), Channels.MIX, batchSize).score(PATHS.iterator()));
        assertThat(recordings).extracting(Recording::input).containsExactlyInAnyOrderElementsOf(PATHS);
        for (Recording.Finished<String> recording : recordings) {
            String kind = recording.input().replaceAll("-\\d+", "");
            if (recording.result() instanceof Result.Accepted<ScoredRecording> accepted) {
                ScoredRecording scored = accepted.value();
                assertThat(kind).isIn("long", "short");
                assertThat(scored.durationSeconds())
                        .isEqualTo(NamedRecordings.seconds(recording.input()), within(1.0 / RATE));
                assertThat(recording.sha256()).isPresent();
                List<Segment> segments = scored.channels().get(0).segments();
                assertThat(segments.get(segments.size() - 1).endSeconds()).isEqualTo(scored.durationSeconds());
                assertThat(segments.size() > 1).isEqualTo(kind.equals("long"));
            } else {
                Rejection rejection = recording.result().fold(scored -> null, found -> found);
                assertThat(rejection.code())
                        .isEqualTo(
                                switch (kind) {
                                    case "gone", "cut" -> "unreadable";
                                    case "empty" -> "empty";
                                    default -> "unsupported";
                                });
                assertThat(recording.sha256().isPresent()).isEqualTo(kind.equals("empty") || kind.equals("text"));
            }
        }
    }

    @Test
    void shortClipsAreScoredAsByClipScorer() {
        List<String> paths =
                PATHS.stream().filter(path -> path.startsWith("short-")).toList();
        for (int batchSize : new int[] {1, 5}) {
            Map<String, ScoredRecording> recordings = byPath(
                    scorer(new NamedRecordings(), Channels.MIX, batchSize).score(paths.iterator()));
            ClipScorer clips = new ClipScorer(
                    new ClipReader(new NamedRecordings(), decoder()), encoder(), model(), batchSize, true);
            Iterator<String> order = paths.iterator();
            clips.score(paths.iterator()).forEachRemaining(result -> {
                ClipScore clip = result.orElseThrow();
                String path = order.next();
                ScoredRecording recording = recordings.remove(path);
                Timeline timeline = recording.channels().get(0);
                assertThat(recording.durationSeconds()).isEqualTo(NamedRecordings.seconds(path), within(1.0 / RATE));
                assertThat(timeline.segments()).hasSize(1);
                assertThat(timeline.segments()
                                .get(0)
                                .probabilities()
                                .orElseThrow()
                                .values())
                        .containsExactly(clip.probabilities().values());
                assertThat(timeline.summary().probabilities().orElseThrow().values())
                        .containsExactly(clip.probabilities().values());
                assertThat(timeline.embedding().orElseThrow())
                        .containsExactly(clip.embedding().orElseThrow());
                assertThat(timeline.shares(EmotionSet.EIGHT, 0))
                        .containsEntry(clip.probabilities().emotion().id(), 1.0);
                assertThat(timeline.summary().speechSeconds()).isEqualTo(recording.durationSeconds());
            });
            assertThat(recordings).isEmpty();
        }
    }

    @Test
    void scoresDependOnTheRecordingAlone() {
        Map<String, ScoredRecording> alone = new HashMap<>();
        for (String path : PATHS) {
            alone.putAll(byPath(scorer(new NamedRecordings(), Channels.MIX, 1)
                    .score(List.of(path).iterator())));
        }
        List<String> reversed = new ArrayList<>(PATHS);
        Collections.reverse(reversed);
        for (int batchSize : new int[] {3, 100}) {
            NamedRecordings files = new NamedRecordings();
            files.piece = 100 * batchSize + 1;
            Map<String, ScoredRecording> together =
                    byPath(scorer(files, Channels.MIX, batchSize).score(reversed.iterator()));
            assertThat(together.keySet()).isEqualTo(alone.keySet());
            alone.forEach((path, expected) -> assertAlike(
                    together.get(path).channels().get(0), expected.channels().get(0)));
        }
    }

    @Test
    void eachChannelIsScoredAsAFileOfItsOwn() {
        NamedRecordings files = new NamedRecordings();
        float[] left = NamedRecordings.talk("left", 7);
        float[] right = NamedRecordings.talk("right", 7);
        files.contents.put("call.wav", PcmWav.of(RATE, left, right));
        files.contents.put("left.wav", PcmWav.of(RATE, left));
        files.contents.put("right.wav", PcmWav.of(RATE, right));
        Map<String, ScoredRecording> found = byPath(scorer(files, Channels.EACH, 4)
                .score(List.of("call.wav", "left.wav", "right.wav").iterator()));
        List<Timeline> call = found.get("call.wav").channels();
        assertThat(call).hasSize(2);
        assertAlike(call.get(0), found.get("left.wav").channels().get(0));
        assertAlike(call.get(1), found.get("right.wav").channels().get(0));
        assertThat(call.get(0).summary().probabilities().orElseThrow().values())
                .isNotEqualTo(
                        call.get(1).summary().probabilities().orElseThrow().values());
        assertThat(byPath(scorer(files, Channels.MIX, 4)
                                .score(List.of("call.wav").iterator()))
                        .get("call.wav")
                        .channels())
                .hasSize(1);
    }

    @Test
    void silenceHasNoEmotion() {
        NamedRecordings files = new NamedRecordings();
        files.contents.put("short.wav", PcmWav.of(RATE, new float[RATE / 2]));
        files.contents.put("long.wav", PcmWav.of(RATE, new float[9 * RATE]));
        for (ScoredRecording silent : byPath(scorer(files, Channels.MIX, 4)
                        .score(List.of("short.wav", "long.wav").iterator()))
                .values()) {
            Timeline timeline = silent.channels().get(0);
            assertThat(timeline.segments()).noneMatch(Segment::speech);
            assertThat(timeline.summary().probabilities()).isEmpty();
            assertThat(timeline.shares(EmotionSet.EIGHT, 0).values()).containsOnly(0.0);
        }
    }

    @Test
    void readsPathsLazily() {
        AtomicInteger taken = new AtomicInteger();
        Iterator<Recording<String>> recordings =
                scorer(new NamedRecordings(), Channels.MIX, 2).score(counted("short-", taken));
        assertThat(taken).hasValue(0);
        recordings.next();
        assertThat(taken.get()).isBetween(1, 8);
        Iterator<Recording<String>> rejected =
                scorer(new NamedRecordings(), Channels.MIX, 2).score(counted("gone-", new AtomicInteger()));
        assertThat(rejected.next()).isInstanceOfSatisfying(Recording.Finished.class, first -> assertThat(first.result())
                .isInstanceOf(Result.Rejected.class));
    }

    @Test
    void followsTheContractOfIterators() {
        Iterator<Recording<String>> none = scorer(new NamedRecordings(), Channels.MIX, 2)
                .score(List.<String>of().iterator());
        assertThat(none.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(none::next);
    }

    private static void assertAlike(Timeline found, Timeline expected) {
        assertThat(found.segments()).hasSameSizeAs(expected.segments());
        assertAlike(found.summary().probabilities(), expected.summary().probabilities());
        for (int i = 0; i < expected.segments().size(); i++) {
            Segment segment = expected.segments().get(i);
            assertThat(found.segments().get(i).startSeconds()).isEqualTo(segment.startSeconds());
            assertThat(found.segments().get(i).endSeconds()).isEqualTo(segment.endSeconds());
            assertAlike(found.segments().get(i).probabilities(), segment.probabilities());
        }
        assertThat(found.summary().speechSeconds()).isEqualTo(expected.summary().speechSeconds());
        assertThat(found.embedding().orElseThrow())
                .containsExactly(expected.embedding().orElseThrow(), within(1e-5f));
    }

    private static void assertAlike(Optional<Probabilities> found, Optional<Probabilities> expected) {
        assertThat(found.isPresent()).isEqualTo(expected.isPresent());
        expected.ifPresent(values -> assertThat(found.get().values()).containsExactly(values.values(), within(1e-5f)));
    }

    /** Finite weights can still overflow. */
    @Test
    void nonFiniteScoresAreRejected() {
        EmotionModel model = model();
        model.graph().params().assign(Float.MAX_VALUE);
        RecordingSettings settings = RecordingSettings.defaults()
                .withWindows(1, 0.5)
                .withSmoothing(3)
                .withLimits(60, 1 << 20);
        RecordingScorer<String> scorer = new RecordingScorer<>(
                new RecordingReader<>(new NamedRecordings(), decoder(), Channels.MIX),
                ClipBatches.predicting(encoder(), model, 3, true),
                settings);
        List<Recording.Finished<String>> recordings = drain(scorer.score(PATHS.iterator()));
        assertThat(recordings).extracting(Recording::input).containsExactlyInAnyOrderElementsOf(PATHS);
        assertThat(recordings)
                .filteredOn(recording -> recording.input().matches("(long|short)-.*"))
                .allSatisfy(recording -> {
                    assertThat(recording.result()).isEqualTo(Result.rejected(ClipBatches.NOT_FINITE));
                    assertThat(recording.sha256()).isPresent();
                });
    }

    private static RecordingScorer<String> scorer(AudioSource files, Channels channels, int batchSize) {
        RecordingSettings settings = RecordingSettings.defaults()
                .withWindows(1, 0.5)
                .withSmoothing(3)
                .withChannels(channels)
                .withLimits(60, 1 << 20);
        return new RecordingScorer<>(
                new RecordingReader<>(files, decoder(), channels),
                ClipBatches.predicting(encoder(), model(), batchSize, true),
                settings);
    }

    private static AudioDecoder decoder() {
        return new AudioDecoder(new AudioSettings(RATE, 0.05, 60, 1 << 20));
    }

    private static LoudnessEncoder encoder() {
        return new LoudnessEncoder(RATE, 100);
    }

    private static EmotionModel model() {
        return new EmotionModel(TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE);
    }

    private static Map<String, ScoredRecording> byPath(Iterator<Recording<String>> recordings) {
        Map<String, ScoredRecording> scored = new HashMap<>();
        recordings.forEachRemaining(recording -> {
            Result<ScoredRecording> result = ((Recording.Finished<String>) recording).result();
            if (result instanceof Result.Accepted<ScoredRecording> accepted) {
                scored.put(recording.input(), accepted.value());
            }
        });
        return scored;
    }

    private static List<Recording.Finished<String>> drain(Iterator<Recording<String>> recordings) {
        List<Recording.Finished<String>> all = new ArrayList<>();
        recordings.forEachRemaining(recording -> all.add((Recording.Finished<String>) recording));
        return all;
    }

    private static Iterator<String> counted(String prefix, AtomicInteger taken) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> prefix + taken.getAndIncrement())
                .iterator();
    }
}
