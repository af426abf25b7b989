package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.speechemotion.acoustics.AcousticMeasurer;
import org.speechemotion.acoustics.AcousticProfile;
import org.speechemotion.archive.ArchiveLimits;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.Reading;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.common.Result;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.spark.io.FileListing;
import org.speechemotion.spark.io.FileTree;

/**
 * The acoustic properties of recordings.
 *
 * @param profiles a profile for each recording, or for each channel of it if channels are separate
 * @param rejections the files that were rejected, with their reasons
 */
public record AcousticSurvey(List<AcousticProfile> profiles, Rejections rejections) {
    private static final int TASKS_PER_CORE = 4;

    public AcousticSurvey {
        profiles = List.copyOf(profiles);
    }

    /** The outcome of one input: profiles, or the rejection of its path. */
    private record Outcome(List<AcousticProfile> profiles, List<Rejections.Group> rejections) implements Serializable {}

    /**
     * Measures the recordings that an input names, distributed. Recordings are read as streams.
     *
     * @param audio the sample rate, in Hz, and the minimum length
     * @param recordings the limits of the recordings, and whether channels are mixed
     * @param archives the limits of archives
     * @param input a file, a folder, a glob or an archive, as for {@link ScoringRun#score(String, String)}
     * @throws IllegalArgumentException if the input names no file
     */
    public static AcousticSurvey of(
            JavaSparkContext context,
            AudioSettings audio,
            RecordingSettings recordings,
            ArchiveLimits archives,
            String input)
            throws IOException {
        SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
        List<FileTree.Entry> files = FileListing.entries(input, hadoop.value());
        List<ScoringInput> inputs = InputListing.of(context, files, archives, hadoop.value());
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("input " + input + " matches no file");
        }
        int tasks = Math.min(inputs.size(), TASKS_PER_CORE * context.defaultParallelism());
        List<Outcome> outcomes = context.parallelize(inputs, tasks)
                .mapPartitions(part -> measure(part, audio, recordings, hadoop.value()))
                .collect();
        return new AcousticSurvey(
                outcomes.stream().flatMap(one -> one.profiles().stream()).toList(),
                Rejections.of(outcomes.stream()
                        .flatMap(one -> one.rejections().stream())
                        .toList()));
    }

    private static Iterator<Outcome> measure(
            Iterator<ScoringInput> inputs,
            AudioSettings audio,
            RecordingSettings recordings,
            Configuration configuration) {
        RecordingReader<ScoringInput> reader = new RecordingReader<>(
                new InputOpener(configuration), new AudioDecoder(recordings.audio(audio)), recordings.channels());
        List<Outcome> outcomes = new ArrayList<>();
        inputs.forEachRemaining(input -> outcomes.add(
                input instanceof ScoringInput.Unusable unusable
                        ? new Outcome(List.of(), List.of(Rejections.of(unusable.path(), unusable.rejection())))
                        : measure(input, reader)));
        return outcomes.iterator();
    }

    private static Outcome measure(ScoringInput input, RecordingReader<ScoringInput> reader) {
        List<AcousticMeasurer> channels = new ArrayList<>();
        Reading reading = reader.read(input, new SampleConsumer() {
            @Override
            public void begin(int count, long certain) {
                for (int i = 0; i < count; i++) {
                    channels.add(new AcousticMeasurer(reader.sampleRate()));
                }
            }

            @Override
            public void accept(int channel, float[] samples, int count) {
                channels.get(channel).accept(samples, count);
            }
        });
        if (reading instanceof Reading.Decoded decoded && decoded.result() instanceof Result.Rejected<?> rejected) {
            return new Outcome(List.of(), List.of(Rejections.of(input.path(), rejected.rejection())));
        }
        return new Outcome(channels.stream().map(AcousticMeasurer::finish).toList(), List.of());
    }
}
