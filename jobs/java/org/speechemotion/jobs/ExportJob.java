package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.export.ModelExport;
import org.speechemotion.onnx.OnnxGraph;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.clips.EncoderFolders;

/** Writes a trained model as an ONNX file. */
@AutoService(Job.class)
public final class ExportJob extends Job {
    @Override
    public String name() {
        return "export";
    }

    @Override
    String purpose() {
        return "writes a trained model as one ONNX file for other languages and machines";
    }

    @Override
    Collection<String> keys() {
        return KeyGroups.and(KeyGroups.MODEL, "output");
    }

    @Override
    Usage usage() {
        return Usage.requiring("model", "output").meaning("output", "The file, such as model.onnx.");
    }

    @Override
    Launcher launcher() {
        return Launcher.QUICK_JAVA;
    }

    @Override
    int run(Settings settings) throws Exception {
        Path output = Path.of(settings.required("output"));
        if (!output.toString().endsWith(".onnx")) {
            throw new SettingsException("output is " + output + "; allowed: a .onnx file");
        }
        TrainedModel model = TrainedModel.open(settings);
        EncoderSettings local = EncoderFolders.onThisMachine(model.encoder(), new Configuration());
        try (Encoder encoder = Encoders.open(local)) {
            OnnxGraph graph = ModelExport.graph(model.bundle(), local, encoder);
            AtomicFiles.write(output, graph::writeTo);
        }
        say("model %s, %.1f MB: %s".formatted(model.bundle().manifest().modelId(), Files.size(output) / 1e6, output));
        return DONE;
    }
}
