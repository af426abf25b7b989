package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.Sounds;
import org.speechemotion.common.Result;
import org.speechemotion.common.Sha256;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.LogMelEncoder;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;
import org.speechemotion.report.ViewPlot;
import org.speechemotion.scoring.LocalAudio;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.bindings.TrainingBindings;
import org.speechemotion.spark.clips.SoundListing;

/** Writes the views of clips that training uses in its first epochs. */
@AutoService(Job.class)
public final class AugmentJob extends Job {
    private static final int BANDS = 128;

    @Override
    public String name() {
        return "augment";
    }

    @Override
    String purpose() {
        return "writes augmented views of clips as training sees them, as audio and as pictures";
    }

    @Override
    Collection<String> keys() {
        return List.of("output", "preview", "augmentation", "audio", "training.seed", "training.cache-megabytes");
    }

    @Override
    Usage usage() {
        return Usage.requiring("output")
                .first("preview.count", "augmentation.chain")
                .meaning("output", "The folder to write the WAV files and pictures to.");
    }

    @Override
    Launcher launcher() {
        return Launcher.QUICK_JAVA;
    }

    @Override
    String operandNames() {
        return "FILE…";
    }

    @Override
    Map<String, String> abbreviations() {
        return Map.of("count", "preview.count");
    }

    @Override
    int run(Settings settings) throws Exception {
        requireExtension(settings.string("output"), "");
        if (operands().isEmpty()) {
            throw new SettingsException("no file is given: add one or more");
        }
        Path folder = Files.createDirectories(Path.of(settings.required("output")));
        AugmentationChain chain = TrainingBindings.augmentation(settings);
        Configuration hadoop = new Configuration();
        Sounds sounds = SoundListing.of(chain.folders(), hadoop)
                .open(
                        settings.bind("audio", AudioSettings.class),
                        settings.integer("training.cache-megabytes"),
                        hadoop);
        int count = settings.integer("preview.count");
        EncoderSettings spectrogram = EncoderSettings.of(
                LogMelEncoder.NAME,
                settings.bind("audio", AudioSettings.class).sampleRate(),
                LogMelSettings.defaults()
                        .withBands(BANDS)
                        .withRange(
                                20, settings.bind("audio", AudioSettings.class).sampleRate() / 2.0)
                        .withNormalization(Normalization.NONE)
                        .withFloor(0)
                        .withSpeech(0));
        ClipReader reader =
                new ClipReader(new LocalAudio(), new AudioDecoder(settings.bind("audio", AudioSettings.class)));
        int exit = DONE;
        try (Encoder encoder = Encoders.open(spectrogram)) {
            for (String clip : operands()) {
                Result<DecodedAudio> decoding = reader.read(clip);
                if (decoding instanceof Result.Rejected<DecodedAudio> rejected) {
                    System.err.println(rejected.rejection().line(clip));
                    exit = WRONG_INPUT;
                    continue;
                }
                Waveform waveform = decoding.orElseThrow().waveform();
                String sha256 = Sha256.of(Path.of(clip));
                write(folder, clip, "clean", waveform, List.of("unchanged"), encoder);
                for (int epoch = 0; epoch < count; epoch++) {
                    AugmentationChain.View view = chain.apply(waveform, "epoch-" + epoch, sha256, sounds);
                    String name = String.format(Locale.ROOT, "epoch-%03d", epoch);
                    write(folder, clip, name, view.waveform(), view.captions(), encoder);
                }
            }
        }
        say("views: " + folder);
        return exit;
    }

    private void write(Path folder, String clip, String view, Waveform waveform, List<String> captions, Encoder encoder)
            throws IOException {
        String file = Path.of(clip).getFileName().toString();
        String base = file.replaceFirst("\\.[^.]*$", "") + "-" + view;
        String caption = captions.isEmpty() ? "nothing was drawn" : String.join(" · ", captions);
        Files.write(folder.resolve(base + ".wav"), WavWriter.write(waveform));
        ViewPlot.of(waveform, encoder.encode(List.of(waveform.samples())).get(0), file + ", " + view, caption)
                .write(folder.resolve(base + ".png"));
        say(base + ": " + caption);
    }
}
