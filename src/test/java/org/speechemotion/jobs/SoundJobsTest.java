package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.Result;

/** The commands that start no Spark and are about sounds: augment and split-sounds. */
class SoundJobsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void aPreviewIsTheAudioOfTheTraining() throws IOException {
        Path clip = tone("clip.wav", 220);
        String noise = tone("noise/hum.wav", 50).getParent().toString();
        String[] words = {
            clip.toString(),
            "output=" + folder.resolve("views"),
            "count=2",
            "augmentation.chain=[background-noise,gain]",
            "augmentation.background-noise.probability=1",
            "augmentation.background-noise.path=" + noise
        };
        assertThat(run(new AugmentJob(), words)).as(err()).isEqualTo(Job.DONE);

        assertThat(folder.resolve("views"))
                .isDirectoryContaining("glob:**/clip-clean.png")
                .isDirectoryContaining("glob:**/clip-epoch-001.png");
        assertThat(out()).contains("clip-epoch-000: background noise hum.wav at ");
        float[] clean = samples(folder.resolve("views/clip-clean.wav"));
        float[] first = samples(folder.resolve("views/clip-epoch-000.wav"));
        assertThat(clean).isEqualTo(samples(clip));
        assertThat(first).hasSameSizeAs(clean).isNotEqualTo(clean);
        assertThat(samples(folder.resolve("views/clip-epoch-001.wav"))).isNotEqualTo(first);
    }

    @Test
    void wrongInputOfAPreviewIsOneLine() throws IOException {
        String output = "output=" + folder.resolve("views");
        assertThat(run(new AugmentJob(), output)).isEqualTo(Job.WRONG_INPUT);
        Path text = Files.writeString(folder.resolve("text.wav"), "not audio");
        assertThat(run(new AugmentJob(), text.toString(), output)).isEqualTo(Job.WRONG_INPUT);
        assertThat(run(new AugmentJob(), text.toString(), output, "augmentation.chain=[hum]"))
                .isEqualTo(Job.WRONG_INPUT);
        assertThat(run(new AugmentJob(), text.toString(), output, "augmentation.chain=[background-noise]"))
                .isEqualTo(Job.WRONG_INPUT);
        assertThat(err().lines()).hasSize(3); // the rejected clip is reported on the standard error of the process
        assertThat(err()).contains("no file is given", "hum", "augmentation.background-noise.path is not set");
    }

    @Test
    void soundsAreSplitIntoTwoReadableLists() throws IOException {
        for (int i = 0; i < 10; i++) {
            tone("noise/deep/" + i + ".wav", 100 + i);
        }
        assertThat(run(
                        new SplitSoundsJob(),
                        "input=" + folder.resolve("noise"),
                        "output=" + folder.resolve("lists"),
                        "sounds.held-out-ratio=0.2"))
                .as(err())
                .isEqualTo(Job.DONE);
        List<String> training = Files.readAllLines(folder.resolve("lists/training.txt"));
        List<String> heldOut = Files.readAllLines(folder.resolve("lists/held-out.txt"));
        assertThat(heldOut).hasSize(2).doesNotContainAnyElementsOf(training);
        assertThat(training).hasSize(8);
        String list = "augmentation.background-noise.path=" + folder.resolve("lists/training.txt");
        Path clip = tone("clip.wav", 220);
        assertThat(run(
                        new AugmentJob(),
                        clip.toString(),
                        "output=" + folder.resolve("views"),
                        "count=1",
                        "augmentation.chain=[background-noise]",
                        "augmentation.background-noise.probability=1",
                        list))
                .as(err())
                .isEqualTo(Job.DONE);
    }

    private Path tone(String name, double hertz) throws IOException {
        float[] samples = new float[8_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * hertz * i / 16_000));
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, WavWriter.write(new Waveform(samples, 16_000)));
    }

    private static float[] samples(Path file) throws IOException {
        Result<DecodedAudio> decoding = new AudioDecoder(AudioSettings.defaults()).decode(Files.readAllBytes(file));
        return decoding.orElseThrow().waveform().samples();
    }

    private int run(Job job, String... words) {
        return job.execute(
                words,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
