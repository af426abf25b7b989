package org.speechemotion.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.Result;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;

class NotebookTest {
    private static final int RATE = 16_000;

    @TempDir
    Path folder;

    private String path;

    /** 40 s in which the sample at t seconds is t / 100. */
    @BeforeEach
    void recording() throws IOException {
        float[] samples = new float[40 * RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) i / RATE / 100;
        }
        path = folder.resolve("a <b> & 'c'.wav").toString();
        Files.write(Path.of(path), WavWriter.write(new Waveform(samples, RATE)));
    }

    @Test
    void playersContainTheNamedPart() throws Exception {
        Html html = Notebook.audio(path, 12, 3);
        Waveform audio = embedded(html);
        assertThat(audio.durationSeconds()).isEqualTo(3);
        assertThat(audio.samples()[0]).isCloseTo(0.12f, within(1e-4f));
        assertThat(audio.samples()[3 * RATE - 1]).isCloseTo(0.15f, within(1e-4f));
        assertThat(html.source()).contains(": 12.0 to 15.0 of 40.0 s");
        requireWellFormed(html);
    }

    @Test
    void playersHaveAMaximumLength() {
        assertThat(embedded(Notebook.audio(path)).durationSeconds()).isEqualTo(Notebook.MAX_SECONDS);
        assertThat(embedded(Notebook.audio(path, 35, 100)).durationSeconds()).isEqualTo(5);
    }

    @Test
    void unplayableAudioShowsTheReason() throws Exception {
        Path text = Files.writeString(folder.resolve("text.wav"), "this is no audio");
        for (Html html : List.of(Notebook.audio(text.toString()), Notebook.spectrogram(text.toString()))) {
            assertThat(html.source()).contains("unsupported: ").doesNotContain("<audio", "<svg");
            requireWellFormed(html);
        }
        assertThat(Notebook.audio(folder.resolve("gone.wav").toString()).source())
                .contains("unreadable: ");
        assertThat(Notebook.audio(path, 50, 1).source())
                .contains("no audio at 50.0 s: the recording has 40.0 s")
                .doesNotContain("<audio");
        assertThatThrownBy(() -> Notebook.audio(path, -1, 1))
                .hasMessage("audio from -1.0 s, of 1.0 s; allowed: a start of at least 0 and a length above 0");
    }

    @Test
    void figuresAreSvgThatFollowsTheTheme() throws Exception {
        for (Html html : List.of(
                Notebook.spectrogram(path),
                Notebook.confusion(ConfusionMatrix.empty().plus(Emotion.HAPPY, Emotion.SAD)))) {
            assertThat(html.source()).containsOnlyOnce("<svg ").contains("var(--ink, ", "prefers-color-scheme: dark");
            requireWellFormed(html);
        }
    }

    @Test
    void theStyleNeedsNoEscaping() {
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL)
                .matcher(Notebook.audio(path).source());
        assertThat(style.find()).isTrue();
        assertThat(style.group(1)).doesNotContain("&").doesNotContain("DARK").contains("--surface: #1b1e23");
    }

    @Test
    void timelinesHaveABandPerSegmentOfSpeech() throws Exception {
        List<TimelinePlot.Segment> segments = List.of(
                new TimelinePlot.Segment(0, 0, 10, "happy", 0.5),
                new TimelinePlot.Segment(0, 10, 20, "silence", 0),
                new TimelinePlot.Segment(1, 0, 20, "uncertain", 0.25));
        Html html = Html.of(List.of(TimelinePlot.of(segments, 20, "call.wav")));
        assertThat(html.source())
                .contains("happy, 50 %, 0.0 to 10.0 s", "uncertain, 25 %, 0.0 to 20.0 s", "channel 1")
                .doesNotContain("silence,");
        requireWellFormed(html);
    }

    @Test
    void otherFoldersAreRejectedByName() {
        assertThatThrownBy(() -> Notebook.curves(folder.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder + " is not a folder of a run");
    }

    private static Waveform embedded(Html html) {
        Matcher audio = Pattern.compile("data:audio/wav;base64,([^\"]+)\"").matcher(html.source());
        assertThat(audio.find()).isTrue();
        Result<DecodedAudio> decoding = new AudioDecoder(AudioSettings.defaults())
                .decode(Base64.getDecoder().decode(audio.group(1)));
        return decoding.orElseThrow().waveform();
    }

    private static void requireWellFormed(Html html) throws Exception {
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.source().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
