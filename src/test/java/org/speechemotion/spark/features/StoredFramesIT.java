package org.speechemotion.spark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.Engine;
import org.speechemotion.encoder.PretrainedSettings.FineTuning;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.features.ValueType;
import org.speechemotion.features.ViewOrder;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.spark.training.ParameterAveraging;
import org.speechemotion.train.EpochPlan;
import org.speechemotion.train.Example;
import org.speechemotion.train.ExampleBuilder;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.Trainings;

/** Tests reading from a store, by a training and as Parquet. */
class StoredFramesIT extends SparkTest {
    private final List<Example> clips = new ArrayList<>();
    private TestStore store;

    @BeforeEach
    void clips() throws IOException {
        for (int i = 0; i < 6; i++) {
            Emotion emotion = EmotionSet.EIGHT.ofLabel(i);
            byte[] wav = DemoClips.wav(1 + i % 3, emotion);
            Path file = write("clips/" + i + ".wav", wav);
            clips.add(ExampleBuilder.clip(file.toString())
                    .content(Sha256.of(wav))
                    .speaker("demo:" + i % 3)
                    .emotion(emotion)
                    .seconds((wav.length - 44) / 32_000.0)
                    .build());
        }
        store = new TestStore(session, folder.resolve("store"));
    }

    @Test
    void storedFramesEqualThoseMadeOnTheFly() throws IOException {
        FrameSource stored = store.frames(clips, clips);
        OnTheFlyFrames made = store.made();

        assertThat(stored.clean(clips)).isEqualTo(made.clean(clips));
        ViewOrder order = new ViewOrder(2, TestStore.SEED);
        List<Frames> seen = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Frames> training = stored.training(clips, epoch);
            for (int i = 0; i < clips.size(); i++) {
                int view = order.view(clips.get(i).contentSha256(), epoch);
                List<Example> clip = clips.subList(i, i + 1);
                List<Frames> expected = view == 0 ? made.clean(clip) : made.view(clip, "view-" + view);
                assertThat(training.get(i)).isEqualTo(expected.get(0));
            }
            seen.addAll(training);
        }
        assertThat(seen).as("every view is another").doesNotHaveDuplicates();
    }

    @Test
    void halfPrecisionIsExactToElevenBits() throws IOException {
        List<Frames> stored = store.with(ValueType.FP16).frames(clips, clips).clean(clips);
        List<Frames> made = store.made().clean(clips);
        for (int clip = 0; clip < made.size(); clip++) {
            float[] exact = made.get(clip).values();
            for (int i = 0; i < exact.length; i++) {
                assertThat(stored.get(clip).values()[i])
                        .isCloseTo(exact[i], within(Math.max(Math.abs(exact[i]) * 0x1p-11f, 0x1p-25f)));
            }
        }
    }

    @Test
    void sparkReadsTheStoreAsATable() throws IOException {
        store.build(clips, clips.subList(0, 2));
        Dataset<Row> table = session.read().parquet(store.folder.toString());

        assertThat(table.columns())
                .containsExactly(
                        "clip_id",
                        "path",
                        "actor_id",
                        "label",
                        "view",
                        "frames",
                        "width",
                        "values",
                        "crc32c",
                        "embedding",
                        "encoder_fingerprint",
                        "augmentation_sha256");
        assertThat(table.count()).isEqualTo(6 + 2 * 2);
        Example clip = clips.get(3);
        Row row = table.filter("view = 0")
                .filter(table.col("clip_id").equalTo(clip.contentSha256()))
                .first();
        Frames frames = store.made().clean(List.of(clip)).get(0);
        assertThat(row.<String>getAs("path")).isEqualTo(clip.path());
        assertThat(row.<String>getAs("actor_id")).isEqualTo(clip.speakerId());
        assertThat(row.<Integer>getAs("label")).isEqualTo(clip.label());
        assertThat(row.<Integer>getAs("frames")).isEqualTo(frames.time());
        float[] values = new float[frames.values().length];
        ByteBuffer.wrap(row.<byte[]>getAs("values"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(values).containsExactly(frames.values());
        List<Float> embedding = row.getList(row.fieldIndex("embedding"));
        assertThat(embedding).hasSize(64);
        for (int band = 0; band < 64; band++) {
            double sum = 0;
            for (int time = 0; time < frames.time(); time++) {
                sum += frames.values()[64 * time + band];
            }
            assertThat((double) embedding.get(band)).isCloseTo(sum / frames.time(), within(1e-5));
        }
    }

    @Test
    void trainingFromAStoreReadsNoAudio() throws IOException {
        TestStore plain = store.with(AugmentationChain.none());
        ParameterAveraging onTheFly = trainer(plain.made());
        fit(onTheFly);
        FrameSource stored = plain.frames(clips, clips);
        for (Example clip : clips) {
            Files.delete(Path.of(clip.path()));
        }
        ParameterAveraging fromStore = trainer(stored);
        INDArray before = fromStore.network().params().dup();
        fit(fromStore);

        assertThat(fromStore.network().params()).isEqualTo(onTheFly.network().params());
        assertThat(fromStore.network().params()).isNotEqualTo(before);
        assertThat(fromStore.predict(clips)).hasSize(clips.size());
        // A new run finds all of it, and needs no audio either.
        assertThat(plain.frames(clips, clips).clean(clips)).isEqualTo(stored.clean(clips));
    }

    @Test
    void aClipThatIsNotInTheStoreIsNamed() throws IOException {
        FrameSource stored = store.frames(clips.subList(0, 4), clips.subList(0, 2));
        assertThatThrownBy(() -> stored.clean(clips))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("does not have view 0 of " + clips.get(4).path());
    }

    @Test
    void allLayersOrTheAudioAreStored() throws IOException {
        List<Example> two = clips.subList(0, 2);
        for (PretrainedSettings settings :
                List.of(pretrained("weighted", FineTuning.NONE), pretrained("last", new FineTuning(0, false, false)))) {
            TestStore transformer = store.at(folder.resolve(settings.layer()).toString())
                    .with(EncoderSettings.of("transformer", 16_000, LogMelSettings.defaults())
                            .with(settings));
            List<Frames> stored = transformer.frames(two, two).clean(two);
            List<Frames> made = transformer.made().clean(two);
            for (int clip = 0; clip < two.size(); clip++) {
                assertThat(stored.get(clip).time()).isEqualTo(made.get(clip).time());
                assertThat(stored.get(clip).values())
                        .containsExactly(made.get(clip).values(), within(1e-5f));
            }
        }
    }

    private static PretrainedSettings pretrained(String layer, FineTuning tuning) {
        return PretrainedSettings.at(Folders.path("hubert-base").toString())
                .withLayer(layer)
                .withFineTuning(tuning)
                .runBy(Engine.ONNX, 1);
    }

    private ParameterAveraging trainer(FrameSource frames) {
        TrainingSettings settings = settings();
        NetworkSettings network = NetworkSettings.of(new ContextSettings(8, List.of(3), List.of(2)), 8)
                .withDropout(0.3);
        return new ParameterAveraging(
                JavaSparkContext.fromSparkContext(session.sparkContext()),
                new ComputationGraph(EmotionNetwork.configuration(network, 64, settings.updater(2), settings.seed())),
                frames,
                FrameAugmentation.none(),
                settings,
                clips,
                2);
    }

    private void fit(ParameterAveraging trainer) {
        for (int epoch = 0; epoch < 2; epoch++) {
            trainer.fit(EpochPlan.of(clips, 2, epoch, settings().seed()));
        }
    }

    private static TrainingSettings settings() {
        return Trainings.of(
                "epochs=2",
                "batch-size=2",
                "averaging-frequency=1",
                "workers=2",
                "loss.label-smoothing=0",
                "cache-megabytes=0",
                "seed=" + TestStore.SEED);
    }
}
