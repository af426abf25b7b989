package org.speechemotion.augment;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.speechemotion.PythonProcess;
import org.speechemotion.audio.Waveform;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The speed of every augmentation and of the default chain, by turns with numpy, scipy and soxr. */
@Command(
        name = "scripts/benchmark augmentation",
        mixinStandardHelpOptions = true,
        description = "Prints seconds of audio a second of processor time, one thread, for each augmentation.")
public final class AugmentationSpeed implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "11", description = "Of each; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--repetitions",
            defaultValue = "3",
            description = "Of 12 clips a round; default: ${DEFAULT-VALUE}.")
    private int repetitions;

    @Option(names = "--without-rival", description = "Time ours alone.")
    private boolean withoutRival;

    private final List<Waveform> clips = Kit.clips();
    private int view;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AugmentationSpeed()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        try (PythonProcess rival = withoutRival ? null : PythonProcess.start("src/test/python/augmentation_rival.py")) {
            if (rival != null) {
                load(rival);
            }
            System.out.printf("%-18s %12s %12s%n", "", "ours", "rival");
            for (String name : Kit.names()) {
                compare(name, Kit.always(name), rival);
            }
            compare("default chain", Kit.shipped(), null);
            compare("full kit", Kit.full(), null);
            System.out.printf(
                    "seconds of audio a second of processor time, one thread; medians of %d rounds of %d clips of 3.7 s%n",
                    rounds, repetitions * clips.size());
        }
        return 0;
    }

    private void compare(String name, AugmentationChain chain, PythonProcess rival) throws IOException {
        Sounds sounds = Kit.sounds(name);
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        for (int round = -rounds / 2; round < rounds; round++) { // the first ones warm up
            double seconds = seconds(chain, sounds);
            double theirSeconds = rival == null ? Double.NaN : rival.ask("time " + name)[0];
            if (round >= 0) {
                ours[round] = seconds / repetitions;
                theirs[round] = theirSeconds;
            }
        }
        double audio = clips.stream().mapToDouble(Waveform::durationSeconds).sum();
        double rivalSpeed = audio / median(theirs);
        System.out.printf(
                "%-18s %12.0f %12s%n",
                name, audio / median(ours), Double.isNaN(rivalSpeed) ? "–" : String.format("%.0f", rivalSpeed));
    }

    /** Returns the processor time of this thread, the only one that works. */
    private double seconds(AugmentationChain chain, Sounds sounds) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int repetition = 0; repetition < repetitions; repetition++) {
            view++;
            for (int clip = 0; clip < clips.size(); clip++) {
                chain.apply(clips.get(clip), String.valueOf(view), String.valueOf(clip), sounds);
            }
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
    }

    private void load(PythonProcess rival) throws IOException {
        Path file = Files.createTempFile("augmentation-speed", ".f32");
        try {
            try (var out = Files.newOutputStream(file)) {
                for (Waveform clip : clips) {
                    out.write(PythonProcess.bytes(clip.samples()));
                }
            }
            rival.ask("load " + file + " "
                    + clips.stream()
                            .map(clip -> String.valueOf(clip.samples().length))
                            .collect(Collectors.joining(" ")));
        } finally {
            Files.delete(file);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
