package org.speechemotion.encoder.onnx;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.onnx.PytorchRival.Seconds;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.random.KeyedRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The frozen forward against PyTorch and ONNX Runtime in Python, run by turns on the same folder and clips. */
@Command(
        name = "scripts/benchmark encoder",
        mixinStandardHelpOptions = true,
        description = "Times the frozen forward against others in Python, by turns, on the same weights and clips.")
public final class EncoderBenchmark implements Callable<Integer> {
    private static final int RATE = 16_000;

    @Mixin
    private BenchmarkOptions options;

    @Option(
            names = "--cases",
            split = ",",
            defaultValue = "8x5,1x5,32x3,16x1-10",
            description = "CLIPSxSECONDS, or CLIPSxSHORTEST-LONGEST; default: ${DEFAULT-VALUE}.")
    private List<String> cases;

    @Option(
            names = "--rivals",
            split = ",",
            defaultValue = "pytorch,onnxruntime",
            description =
                    "Engines in Python, or none; onnxruntime runs the export of PyTorch; default: ${DEFAULT-VALUE}.")
    private List<String> rivals;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new EncoderBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path used = options.folder();
        try (EncoderFolder opened = EncoderFolder.open(used);
                FrozenForward forward = new OnnxForward(
                        opened.config(), opened.tensors(), Precision.FLOAT32, Processor.CPU, options.threads());
                PytorchRival rival =
                        rivals.equals(List.of("none")) ? null : PytorchRival.start(used, options.threads())) {
            System.out.printf(
                    "%-10s %-12s %9s %7s | %9s %7s%n", "case", "engine", "wall [s]", "ours/it", "CPU [s]", "ours/it");
            for (String name : cases) {
                compare(forward, rival, new Tap.Hidden(opened.config().layers()), name);
            }
            System.out.printf("medians of %d, %d threads%n", options.repetitions(), options.threads());
            System.out.printf(
                    "peak memory: ours %.2f GB%s%n",
                    peak(ProcessHandle.current().pid()),
                    rival == null ? "" : ", all rivals %.2f GB".formatted(peak(rival.pid())));
        }
        return 0;
    }

    private void compare(FrozenForward forward, PytorchRival rival, Tap tap, String name) throws IOException {
        List<float[]> clips = clips(name);
        List<Seconds> ours = new ArrayList<>();
        Map<String, List<Seconds>> theirs = new LinkedHashMap<>();
        List<Frames> frames = forward.run(clips, tap);
        if (rival != null) {
            System.out.printf("%-10s differs from PyTorch by at most %.1e%n", name, rival.load(clips, frames));
            for (String engine : rivals) {
                theirs.put(engine, new ArrayList<>());
                rival.time(engine);
            }
        }
        for (int i = 0; i < options.repetitions(); i++) {
            BenchmarkOptions.rest();
            long start = System.nanoTime();
            long processor = processorTime();
            forward.run(clips, tap);
            ours.add(new Seconds((System.nanoTime() - start) / 1e9, (processorTime() - processor) / 1e9));
            for (Map.Entry<String, List<Seconds>> engine : theirs.entrySet()) {
                BenchmarkOptions.rest();
                engine.getValue().add(rival.time(engine.getKey()));
            }
        }
        print(name, "ours", ours, ours);
        theirs.forEach((engine, seconds) -> print(name, engine, seconds, ours));
    }

    private static void print(String name, String engine, List<Seconds> seconds, List<Seconds> ours) {
        double clock = median(seconds, Seconds::clock);
        double processor = median(seconds, Seconds::processor);
        System.out.printf(
                "%-10s %-12s %9.3f %7.3f | %9.3f %7.3f%n",
                name,
                engine,
                clock,
                median(ours, Seconds::clock) / clock,
                processor,
                median(ours, Seconds::processor) / processor);
    }

    /** Returns the processor time of all threads of this JVM, in ns. */
    public static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Returns clips of noise and a tone for a case such as {@code 8x5} or {@code 16x1-10}. */
    public static List<float[]> clips(String name) {
        String[] parts = name.split("[x-]", -1);
        int count = Integer.parseInt(parts[0]);
        double shortest = Double.parseDouble(parts[1]);
        double longest = Double.parseDouble(parts[parts.length - 1]);
        List<float[]> clips = new ArrayList<>();
        for (int clip = 0; clip < count; clip++) {
            KeyedRandom random = new KeyedRandom(clip, "encoder-benchmark");
            double seconds = count == 1 ? longest : shortest + (longest - shortest) * clip / (count - 1);
            float[] samples = new float[(int) (seconds * RATE)];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) (0.1 * random.nextGaussian() + 0.2 * Math.sin(0.05 * (clip + 1) * i));
            }
            clips.add(samples);
        }
        return clips;
    }

    private static double median(List<Seconds> all, ToDoubleFunction<Seconds> of) {
        double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** A process's max resident set, in GB; Linux only. */
    private static double peak(long pid) throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e9)
                .findFirst()
                .orElse(Double.NaN);
    }
}
