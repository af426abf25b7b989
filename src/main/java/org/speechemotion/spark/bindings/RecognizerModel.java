package org.speechemotion.spark.bindings;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.speechemotion.asr.RecognizerSettings;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.pretrained.CtcModel;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.Engine;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.scoring.BroadcastRecognizer;

/**
 * The speech recogniser that the settings name.
 *
 * @param model the parts of the model without the encoder
 * @param encoder the encoder; its path is absolute
 */
public record RecognizerModel(CtcModel model, EncoderSettings encoder) {

    /**
     * Opens the recogniser in {@code asr.path}, which may be on any Hadoop file system; the language model is a local file.
     *
     * @param sampleRate the sample rate of the audio in Hz
     * @return empty if {@code asr.path} is ""
     * @throws SettingsException if the recogniser requires another sample rate
     * @throws IllegalArgumentException if the folder or the language model cannot be used
     */
    public static Optional<RecognizerModel> open(Settings settings, int sampleRate) {
        RecognizerSettings given = settings.bind("asr", RecognizerSettings.class);
        Engine engine = settings.choice("encoder.engine", Engine.class);
        int threads = settings.integer("encoder.threads");
        if (given.path().isEmpty()) {
            return Optional.empty();
        }
        EncoderSettings named = EncoderFolders.absolute(
                EncoderSettings.of("", sampleRate, LogMelSettings.defaults()).with(PretrainedSettings.at(given.path())),
                Path.of(""));
        String local = EncoderFolders.onThisMachine(named, new Configuration())
                .pretrained()
                .path();
        CtcModel model = CtcModel.open(given.withPath(local));
        if (model.sampleRate() != sampleRate) {
            throw new SettingsException("asr.path " + given.path() + " is a model for " + model.sampleRate()
                    + " Hz, but the audio has " + sampleRate + " Hz, as the emotion model requires; allowed: "
                    + sampleRate);
        }
        EncoderSettings encoder = model.encoder(engine, threads);
        return Optional.of(new RecognizerModel(
                model,
                encoder.with(encoder.pretrained().withPath(named.pretrained().path()))));
    }

    /** Opens the recogniser on this machine; the caller must close it. */
    public SpeechRecognizer onThisMachine() {
        return model.with(Encoders.open(EncoderFolders.onThisMachine(encoder, new Configuration())));
    }

    /**
     * Opens the recogniser as {@link #open} does and broadcasts it.
     *
     * @param audio the sample rate and the limits of the audio
     * @return {@link BroadcastRecognizer#NONE} if {@code asr.path} is ""
     */
    public static BroadcastRecognizer broadcast(Settings settings, JavaSparkContext context, AudioSettings audio) {
        return open(settings, audio.sampleRate())
                .map(recognizer -> recognizer.broadcast(context, audio, settings.bool("encoder.distribute")))
                .orElse(BroadcastRecognizer.NONE);
    }

    /** @param sent whether the driver sends the folder of the encoder to the executors */
    private BroadcastRecognizer broadcast(JavaSparkContext context, AudioSettings audio, boolean sent) {
        EncoderSettings everywhere = sent && !context.isLocal() ? EncoderFolders.send(context, encoder) : encoder;
        String fingerprint = EncoderFolders.requireEncoder(encoder, context.hadoopConfiguration());
        return BroadcastRecognizer.of(
                context,
                model,
                new ClipPipeline(audio, everywhere, context.hadoopConfiguration()).requiring(fingerprint));
    }
}
