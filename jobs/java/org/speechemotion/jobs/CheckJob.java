package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.acoustics.AcousticCheck;
import org.speechemotion.acoustics.AcousticProfile;
import org.speechemotion.acoustics.AcousticRanges;
import org.speechemotion.archive.ArchiveLimits;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.ffmpeg.FfmpegSettings;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.Counted;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.scoring.AcousticColumn;
import org.speechemotion.spark.scoring.AcousticSurvey;

/** Compares recordings with those that a model was trained on. */
@AutoService(Job.class)
public final class CheckJob extends Job {
    @Override
    public String name() {
        return "check";
    }

    @Override
    String purpose() {
        return "compares the sound of recordings with that of the recordings that a model was trained on";
    }

    @Override
    Collection<String> keys() {
        return List.of(
                "model",
                "input",
                "table",
                "check.where",
                "output",
                "score.channels",
                "score.maximum-seconds",
                "score.maximum-bytes",
                "score.archive",
                "audio.minimum-seconds",
                "audio.ffmpeg");
    }

    @Override
    Usage usage() {
        return Usage.requiring("model")
                .first("input", "table", "check.where", "output", "score.channels")
                .meaning("input", "The recordings to compare: a file, a folder or a glob.")
                .meaning(
                        "table",
                        "Instead of input, a table of scores with the column acoustics, whose recordings are not read.")
                .meaning("output", "The JSON file to write the comparison to; \"\" for none.");
    }

    private record Limits(double maximumSeconds, long maximumBytes) {}

    @Override
    int run(Settings settings) throws Exception {
        BundleManifest model = ModelBundle.read(ModelBundle.folder(Path.of(settings.required("model"))))
                .manifest();
        Optional<String> table = settings.optionalString("table");
        if (table.isPresent() == settings.optionalString("input").isPresent()) {
            throw new SettingsException((table.isPresent() ? "input and table are both set" : "input is not set")
                    + "; allowed: either input, the recordings to compare, or table, a table of scores");
        }
        Optional<String> where = settings.optionalString("check.where");
        if (where.isPresent() && table.isEmpty()) {
            throw new SettingsException("check.where selects rows of a table, but table is not set");
        }
        Optional<Path> output = settings.optionalString("output").map(Path::of);
        output.filter(path -> !path.toString().endsWith(".json")).ifPresent(path -> {
            throw new SettingsException("output is " + path + "; allowed: a .json file");
        });
        AcousticRanges ranges = model.acoustics();
        if (ranges == null) {
            throw new SettingsException(
                    "the model says nothing about the sound of the recordings that it was trained on,"
                            + " because an earlier version trained it; train it again");
        }
        try (SparkSession session = SparkSessions.open(name())) {
            Recordings recordings = table.isPresent()
                    ? new Recordings(AcousticColumn.profiles(session, table.get(), where), OptionalLong.empty())
                    : survey(session, settings, model.sampleRate());
            AcousticCheck check = AcousticCheck.of(ranges, recordings.profiles());
            say("%s compared with %s that model %s was trained on"
                    .formatted(
                            Counted.of(check.recordings(), "recording"),
                            Counted.of(check.trained(), "clip"),
                            model.modelId()));
            check.lines().forEach(this::say);
            if (output.isPresent()) {
                Map<String, Object> json = new LinkedHashMap<>(check.metrics());
                json.put("model_id", model.modelId());
                recordings.rejected().ifPresent(count -> json.put("rejected", count));
                AtomicFiles.write(output.get(), MetricsJson.render(json));
                say("check: " + output.get());
            }
        }
        return DONE;
    }

    /**
     * The recordings to compare.
     *
     * @param rejected the number of files that were rejected; empty if no files were read
     */
    private record Recordings(List<AcousticProfile> profiles, OptionalLong rejected) {}

    private Recordings survey(SparkSession session, Settings settings, int sampleRate) throws IOException {
        Limits limits = settings.bind("score", Limits.class);
        RecordingSettings recordings = RecordingSettings.defaults()
                .withChannels(settings.choice("score.channels", Channels.class))
                .withLimits(limits.maximumSeconds(), limits.maximumBytes());
        AcousticSurvey survey = AcousticSurvey.of(
                JavaSparkContext.fromSparkContext(session.sparkContext()),
                new AudioSettings(
                                sampleRate,
                                settings.number("audio.minimum-seconds"),
                                recordings.maximumSeconds(),
                                recordings.maximumBytes())
                        .with(settings.bind("audio.ffmpeg", FfmpegSettings.class)),
                recordings,
                settings.bind("score.archive", ArchiveLimits.class),
                settings.required("input"));
        survey.rejections().lines().forEach(this::say);
        return new Recordings(
                survey.profiles(), OptionalLong.of(survey.rejections().total()));
    }
}
