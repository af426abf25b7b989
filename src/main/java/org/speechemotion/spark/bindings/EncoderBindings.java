package org.speechemotion.spark.bindings;

import java.util.Optional;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.ExecutionProvider;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.ProsodyEncoder;
import org.speechemotion.encoder.ProsodySettings;
import org.speechemotion.encoder.pretrained.PretrainedEncoder;
import org.speechemotion.settings.Settings;

/** Binds the settings of encoders. */
public final class EncoderBindings {
    private EncoderBindings() {}

    /** Binds the settings of the encoder; its path is as it was given. */
    public static EncoderSettings encoder(Settings settings) {
        String path = settings.string("encoder.path");
        String name = settings.string("encoder.name");
        return new EncoderSettings(
                name.isEmpty() ? path.isEmpty() ? ProsodyEncoder.NAME : PretrainedEncoder.NAME : name,
                settings.bind("audio", AudioSettings.class).sampleRate(),
                settings.bind("encoder.log-mel", LogMelSettings.class),
                settings.bind("encoder.prosody", ProsodySettings.class),
                new PretrainedSettings(
                        path,
                        settings.string("encoder.layer"),
                        settings.bind("training", TrainedPart.class).fineTuning(),
                        new PretrainedSettings.Execution(
                                settings.choice("encoder.engine", PretrainedSettings.Engine.class),
                                precision(settings).orElse(Precision.FLOAT32),
                                processor(settings),
                                settings.integer("encoder.threads")),
                        settings.number("encoder.trim-decibels"),
                        new PretrainedSettings.Windows(
                                settings.number("encoder.window-seconds"),
                                settings.number("encoder.overlap-seconds"))));
    }

    /** Models of earlier versions name no adapters. */
    private record TrainedPart(
            int unfreezeLastNLayers, boolean freezeEncoder, boolean freezeFeatureExtractor, Optional<Lora> lora) {
        @SuppressWarnings("UnusedMethod") // called by the binder
        TrainedPart {
            // It checks the values together, under the name of the section.
            new PretrainedSettings.FineTuning(
                    unfreezeLastNLayers, freezeEncoder, freezeFeatureExtractor, lora.orElse(Lora.NONE));
        }

        PretrainedSettings.FineTuning fineTuning() {
            return new PretrainedSettings.FineTuning(
                    unfreezeLastNLayers, freezeEncoder, freezeFeatureExtractor, lora.orElse(Lora.NONE));
        }
    }

    /** Returns the precision that is set, which models of earlier versions do not name. */
    static Optional<Precision> precision(Settings settings) {
        return settings.optionalString("encoder.precision")
                .map(given -> settings.choice("encoder.precision", Precision.class));
    }

    /** Returns the processor that is set. A task that has its own GPU uses that. */
    static Processor processor(Settings settings) {
        return settings.optionalString("encoder.provider")
                .map(given -> new Processor(settings.choice("encoder.provider", ExecutionProvider.class), 0))
                .orElse(Processor.CPU);
    }
}
