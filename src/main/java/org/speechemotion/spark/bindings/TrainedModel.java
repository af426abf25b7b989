package org.speechemotion.spark.bindings;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ffmpeg.FfmpegSettings;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.model.BundleException;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.EncoderFolders;

/**
 * A trained model with the encoder that it was trained on. The bundle decides which encoder it is, the settings decide how it
 * is computed, and may select another precision than that of the training.
 *
 * @param bundle the model
 * @param encoder the encoder; its path is absolute
 * @param sent whether the driver sends the folder of the encoder to the executors
 * @param audio the sample rate and the limits of the clips
 */
public record TrainedModel(ModelBundle bundle, EncoderSettings encoder, boolean sent, AudioSettings audio) {

    /**
     * Opens the model that the settings name, in its own folder or in that of its run.
     *
     * @throws org.speechemotion.model.BundleException if the encoder does not compute the frames on which the model was
     *     trained
     */
    public static TrainedModel open(Settings settings) {
        Path folder = ModelBundle.folder(Path.of(settings.required("model")));
        return of(ModelBundle.read(folder), folder, folder.toString(), settings);
    }

    /**
     * Opens the encoder of a model that has been read.
     *
     * @param folder the folder of the model, which contains its embedded encoder, if it has one
     * @param source the path or URI of the model, of which the folder may be a copy
     * @throws org.speechemotion.model.BundleException as {@link #open}, and if the model names an encoder on another
     *     host and the settings name none
     */
    public static TrainedModel of(ModelBundle bundle, Path folder, String source, Settings settings) {
        BundleManifest manifest = bundle.manifest();
        boolean embedded = manifest.encoderPath().equals(BundleManifest.EMBEDDED);
        // The engine is a matter of this machine, and earlier builds had others.
        EncoderSettings trained =
                EncoderBindings.encoder(Settings.ofData(manifest.settings(), "the settings in model.json")
                        .with("encoder.engine", "onnx"));
        Optional<String> given = settings.optionalString("encoder.path");
        String path =
                given.orElse(embedded ? folder.resolve(BundleManifest.EMBEDDED).toString() : manifest.encoderPath());
        if (given.isEmpty() && !EncoderFolders.isNear(path, source)) {
            throw new BundleException(
                    "the model names its encoder at " + path + ", which is neither on this machine nor"
                            + " where the model is: if you trust it, add encoder.path=" + path);
        }
        EncoderSettings encoder = EncoderFolders.absolute(
                trained.with(trained.pretrained()
                        .withPath(path)
                        .withProcessor(Processor.CPU)
                        .runBy(
                                settings.choice("encoder.engine", PretrainedSettings.Engine.class),
                                settings.integer("encoder.threads"))
                        .withProcessor(EncoderBindings.processor(settings))),
                Path.of(""));
        try (Encoder opened = Encoders.open(EncoderFolders.onThisMachine(encoder, new Configuration()))) {
            bundle.requireEncoder(opened);
        }
        AudioSettings audio = settings.bind("audio", AudioLimits.class).at(manifest.sampleRate());
        TrainedModel model = new TrainedModel(bundle, encoder, embedded || settings.bool("encoder.distribute"), audio);
        return EncoderBindings.precision(settings).map(model::withPrecision).orElse(model);
    }

    /** Returns the fingerprint of the encoder, which is that of the training unless the precision differs. */
    private String fingerprint() {
        try (Encoder opened = Encoders.open(EncoderFolders.onThisMachine(encoder, new Configuration()))) {
            return opened.fingerprint();
        }
    }

    private record AudioLimits(double minimumSeconds, double maximumSeconds, long maximumBytes, FfmpegSettings ffmpeg) {
        AudioSettings at(int sampleRate) {
            try {
                return new AudioSettings(sampleRate, minimumSeconds, maximumSeconds, maximumBytes, ffmpeg);
            } catch (IllegalArgumentException e) {
                throw new SettingsException(e.getMessage(), e);
            }
        }
    }

    /** Returns the model with the encoder in another precision than that of its training. */
    public TrainedModel withPrecision(Precision precision) {
        return new TrainedModel(bundle, encoder.with(encoder.pretrained().withPrecision(precision)), sent, audio);
    }

    /** Returns a pipeline from paths to frames; an embedded encoder is sent to the executors of a cluster. */
    public ClipPipeline pipeline(JavaSparkContext context) {
        EncoderSettings everywhere = sent && !context.isLocal() ? EncoderFolders.send(context, encoder) : encoder;
        return new ClipPipeline(audio, everywhere, context.hadoopConfiguration()).requiring(fingerprint());
    }
}
