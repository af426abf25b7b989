package org.speechemotion.spark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.common.Sha256;
import org.speechemotion.common.TemporaryFiles;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;
import org.speechemotion.features.ValueType;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestTones;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.io.RemoteFiles;
import org.speechemotion.train.Example;
import org.speechemotion.train.ExampleBuilder;

/** Tests the building, the resuming and the rejections of stores. */
class FeatureStoreIT extends SparkTest {
    private static final int VIEWS = 2;

    private final List<Example> clips = new ArrayList<>();
    private List<Example> training;
    private TestStore store;

    @BeforeEach
    void clips() throws IOException {
        for (int i = 0; i < 8; i++) {
            clips.add(clip("clips/" + i + ".wav", 0.3 + 0.1 * i));
        }
        training = clips.subList(2, 7);
        store = new TestStore(session, folder.resolve("store"));
    }

    @Test
    void buildsEncodeEachFrameOnce() throws IOException {
        FeatureBuild.Summary first = store.build(clips, training);
        assertThat(first.present()).isZero();
        assertThat(first.encoded()).isEqualTo(8 + VIEWS * 5);
        Map<String, FileTime> written = parts();

        FeatureBuild.Summary second = store.build(clips, training);
        assertThat(second.present()).isEqualTo(18);
        assertThat(second.encoded()).isZero();
        assertThat(parts()).isEqualTo(written);

        List<Example> more = new ArrayList<>(clips);
        more.add(clip("clips/new.wav", 0.95));
        FeatureBuild.Summary third = store.build(more, more);
        assertThat(third.present()).isEqualTo(18);
        assertThat(third.encoded()).isEqualTo(1 + VIEWS * (1 + 3));
        assertThat(parts()).containsAllEntriesOf(written).hasSizeGreaterThan(written.size());
    }

    @Test
    void aKilledBuildResumes() throws IOException {
        Path shortest = Path.of(clips.get(0).path());
        byte[] sound = Files.readAllBytes(shortest);
        Files.write(shortest, new byte[10]);
        assertThatThrownBy(() -> store.build(clips, training))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(clips.get(0).path() + " was usable when it was catalogued, but is now");
        Map<String, FileTime> written = parts();
        assertThat(written).isNotEmpty();
        Path running = write("store/.part-0-1.parquet.app-1.tmp", new byte[10]);
        Path abandoned = write("store/.part-0-2.parquet.app-0.tmp", new byte[10]);
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        String mine = TemporaryFiles.name(".part-0-3.parquet.app-2");
        Path own = write("store/" + mine, new byte[10]);
        // No process has the number of this one and another time of its start.
        Path killed = write("store/" + mine.replaceFirst("-\\d+-([0-9a-f]{12})", "-1-$1"), new byte[10]);

        Files.write(shortest, sound);
        FeatureBuild.Summary rest = store.build(clips, training);

        assertThat(rest.present()).isPositive();
        assertThat(rest.encoded()).isPositive().isEqualTo(18 - rest.present());
        assertThat(parts()).containsAllEntriesOf(written);
        assertThat(running).exists();
        assertThat(abandoned).doesNotExist();
        assertThat(own).exists();
        assertThat(killed).doesNotExist();
        assertThat(session.read().parquet(store.folder.toString()).count()).isEqualTo(18);
    }

    @Test
    void deletedPartsAreRebuiltIdentically() throws IOException {
        store.build(clips, training);
        String name = parts().keySet().iterator().next();
        Path part = store.folder.resolve(name);
        byte[] content = Files.readAllBytes(part);
        long rows = session.read().parquet(part.toString()).count();
        Files.delete(part);

        assertThat(store.build(clips, training).encoded()).isEqualTo((int) rows);
        assertThat(part).hasBinaryContent(content);
    }

    @Test
    void failedTasksAreRepeatedOnAnyFileSystem() throws IOException {
        hadoop().set("fs.remote.impl", RemoteFiles.class.getName());
        Example fatal = clip("clips/fatal.wav", 0.45);
        List<Example> remote = Stream.concat(clips.stream(), Stream.of(fatal))
                .map(clip ->
                        ExampleBuilder.copy(clip).path("remote:" + clip.path()).build())
                .toList();
        TestStore there = store.at("remote:" + folder.resolve("elsewhere"));

        assertThat(there.build(remote, remote).encoded()).isEqualTo(9 * (1 + VIEWS));
        assertThat(names(folder.resolve("elsewhere"))).noneMatch(name -> name.endsWith(".tmp"));
        FrameSource stored = there.frames(remote, remote);
        assertThat(stored.clean(remote)).isEqualTo(there.made().clean(remote));
    }

    @Test
    void storesWithOtherSettingsAreRejected() throws IOException {
        store.build(clips, training);
        Map<String, FileTime> written = parts();
        assertRefused(store.with(3), "views is 2 there and 3 here");
        assertRefused(store.with(ValueType.FP16), "values is \"FP32\" there and \"FP16\" here");
        assertRefused(
                store.with(TestStore.gain(3, 11)),
                "highestDecibels=6.0",
                "highestDecibels=3.0",
                "augmentationSha256 is");
        assertRefused(store.with(TestStore.gain(6, 12)), "seed=11", "seed=12");
        assertRefused(store.with(AugmentationChain.none()), "views is 2 there and 0 here");
        LogMelSettings raw = LogMelSettings.defaults()
                .withBands(40)
                .withNormalization(Normalization.NONE)
                .withFloor(0)
                .withSpeech(0);
        assertRefused(
                store.with(EncoderSettings.of("log-mel", 16_000, raw)),
                "encoderFingerprint is",
                "width is 64 there and 40 here");
        assertThat(parts()).isEqualTo(written);
    }

    @Test
    void foldersWithOtherFilesAreRejected() throws IOException {
        write("photos/holiday.jpg", new byte[10]);
        assertRefused(store.at(folder.resolve("photos").toString()), "photos is not a feature store");
        write("broken/_store.json", "{}".getBytes(StandardCharsets.UTF_8));
        assertRefused(store.at(folder.resolve("broken").toString()), "_store.json does not describe a feature store: ");
    }

    @Test
    void foreignPartsAreNamed() throws IOException {
        store.build(clips, training);
        TestStore other = store.with(3).at(folder.resolve("other").toString());
        other.build(clips, training);
        Path foreign = store.folder.resolve("part-0-foreign.parquet");
        Files.copy(firstPart(folder.resolve("other")), foreign);
        assertNamed(foreign, "it was written for another store");
        session.range(3).coalesce(1).write().parquet(folder.resolve("table").toString());
        String table = names(folder.resolve("table")).stream()
                .filter(name -> name.matches("part-.*\\.parquet"))
                .findFirst()
                .orElseThrow();
        Files.write(foreign, Files.readAllBytes(folder.resolve("table").resolve(table)));
        assertNamed(foreign, "it was written for another store");
        byte[] whole = Files.readAllBytes(firstPart(store.folder));
        for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
            Files.write(foreign, Arrays.copyOf(whole, length));
            assertNamed(foreign, "");
        }
    }

    @Test
    void damagedValuesAreDetected() throws IOException {
        FrameSource frames = store.frames(clips, training);
        Path part = firstPart(store.folder);
        Files.deleteIfExists(part.resolveSibling("." + part.getFileName() + ".crc"));
        try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
            // The first row's values are behind its page's header and the smaller columns' rows.
            for (long position = 2_000; position < file.length() / 2; position += 500) {
                file.seek(position);
                file.write(0x55);
            }
        }
        assertThatThrownBy(() -> frames.clean(clips))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(part.getFileName() + " was changed or damaged where view 0 of ");
        Files.delete(part);
        assertThatThrownBy(() -> frames.clean(clips))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(part.getFileName().toString());
        assertThat(store.frames(clips, training).clean(clips))
                .isEqualTo(store.made().clean(clips));
    }

    @Test
    void failedPartsLeaveNoFiles() throws IOException {
        FeatureStore small = halves();
        Frames large = new Frames(new float[] {1, 2, 65_520}, 1, 3);
        assertThatThrownBy(() -> small.write("part-0-x.parquet", "1", part -> part.write(clips.get(0), 0, large)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("view 0 of " + clips.get(0).path())
                .hasMessageContaining("features.values = fp16: 65520.0");
        assertThat(names(folder.resolve("halves"))).containsExactly("._store.json.crc", "_store.json");
    }

    @Test
    void executorsWithoutTheStoreNameTheRemedy() throws IOException {
        FeatureStore unseen = halves();
        Files.delete(folder.resolve("halves/_store.json"));
        assertThatThrownBy(() -> unseen.write("part-0-x.parquet", "1", part -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must be on a file system that all machines share");
    }

    private FeatureStore halves() throws IOException {
        return FeatureStore.open(folder.resolve("halves").toString(), TestStore.described(3, ValueType.FP16), hadoop());
    }

    private void assertNamed(Path part, String reason) throws IOException {
        Files.deleteIfExists(part.resolveSibling("." + part.getFileName() + ".crc"));
        assertThatThrownBy(() -> store.build(clips, training))
                .hasMessageContaining(part + " is not part of the feature store it is in; delete it")
                .hasMessageContaining(reason);
    }

    private void assertRefused(TestStore other, String... named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.build(clips, training))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).contains(named).hasLineCount(1));
    }

    /** The parts and when they were written. */
    private Map<String, FileTime> parts() throws IOException {
        Map<String, FileTime> parts = new TreeMap<>();
        for (String name : names(store.folder)) {
            if (name.startsWith("part-")) {
                parts.put(name, Files.getLastModifiedTime(store.folder.resolve(name)));
            }
        }
        return parts;
    }

    private static Path firstPart(Path store) throws IOException {
        return store.resolve(names(store).stream()
                .filter(name -> name.startsWith("part-0-"))
                .findFirst()
                .orElseThrow());
    }

    /** Returns the sorted names of all files, also of hidden ones. */
    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Example clip(String name, double seconds) throws IOException {
        byte[] wav = TestTones.wav(200 + 1000 * seconds, seconds);
        Path file = write(name, wav);
        return ExampleBuilder.clip(file.toString())
                .content(Sha256.of(wav))
                .speaker("test:01")
                .emotion(Emotion.SAD)
                .seconds(seconds)
                .build();
    }
}
