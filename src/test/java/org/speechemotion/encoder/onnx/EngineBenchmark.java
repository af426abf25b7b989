package org.speechemotion.encoder.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.speechemotion.encoder.PretrainedSettings.ExecutionProvider;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The engines of the frozen forward on CPUs, run by turns on the same folder and clips. */
@Command(
        name = "scripts/benchmark engines",
        mixinStandardHelpOptions = true,
        description = "Times the engines of the frozen forward by turns, on the same weights and clips.")
public final class EngineBenchmark implements Callable<Integer> {

    @Mixin
    private BenchmarkOptions options;

    @Option(
            names = "--cases",
            split = ",",
            defaultValue = "8x5,1x5,6x1-10",
            description = "CLIPSxSECONDS, or CLIPSxSHORTEST-LONGEST; default: ${DEFAULT-VALUE}.")
    private List<String> cases;

    @Option(
            names = "--engines",
            split = ",",
            defaultValue = "float32,int8",
            description =
                    "Of float32, float16, int8 and, in a build with -Ponnxruntime-cuda, cuda and cuda-float16; default: ${DEFAULT-VALUE}.")
    private List<String> names;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new EngineBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Map<String, FrozenForward> engines = new LinkedHashMap<>();
        int last;
        try (EncoderFolder opened = EncoderFolder.open(options.folder())) {
            last = opened.config().layers();
            for (String name : names) {
                engines.put(name, open(name, opened));
            }
        }
        System.out.println("case: seconds of " + String.join(", ", engines.keySet())
                + ", with the ratio to the first | of all processors");
        for (String name : cases) {
            compare(engines, EncoderBenchmark.clips(name), new Tap.Hidden(last), name);
        }
        System.out.printf(
                "medians of %d, %d threads; peak memory %s%n", options.repetitions(), options.threads(), peakMemory());
        engines.values().forEach(FrozenForward::close);
        return 0;
    }

    private FrozenForward open(String name, EncoderFolder folder) {
        return switch (name) {
            case "float32" -> onnx(folder, Precision.FLOAT32, Processor.CPU);
            case "int8" -> onnx(folder, Precision.INT8, Processor.CPU);
            case "float16" -> onnx(folder, Precision.FLOAT16, Processor.CPU);
            case "cuda-float16" -> onnx(folder, Precision.FLOAT16, new Processor(ExecutionProvider.CUDA, 0));
            case "cuda" -> onnx(folder, Precision.FLOAT32, new Processor(ExecutionProvider.CUDA, 0));
            default -> throw new IllegalArgumentException(
                    "--engines has " + name + "; allowed: float32, float16, int8, cuda, cuda-float16");
        };
    }

    private FrozenForward onnx(EncoderFolder folder, Precision precision, Processor processor) {
        return new OnnxForward(folder.config(), folder.tensors(), precision, processor, options.threads());
    }

    /** Returns the greatest resident memory of the process so far, on Linux. */
    private static String peakMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.isReadable(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
                        .findFirst()
                        .orElse("unknown")
                : "unknown";
    }

    private void compare(Map<String, FrozenForward> engines, List<float[]> clips, Tap tap, String name) {
        engines.values().forEach(engine -> engine.run(clips, tap));
        Map<String, double[]> clock = new LinkedHashMap<>();
        Map<String, double[]> processor = new LinkedHashMap<>();
        for (int i = 0; i < options.repetitions(); i++) {
            for (Map.Entry<String, FrozenForward> engine : engines.entrySet()) {
                BenchmarkOptions.rest();
                long start = System.nanoTime();
                long used = EncoderBenchmark.processorTime();
                engine.getValue().run(clips, tap);
                clock.computeIfAbsent(engine.getKey(), absent -> new double[options.repetitions()])[i] =
                        (System.nanoTime() - start) / 1e9;
                processor.computeIfAbsent(engine.getKey(), absent -> new double[options.repetitions()])[i] =
                        (EncoderBenchmark.processorTime() - used) / 1e9;
            }
        }
        System.out.printf("%-8s %s | %s%n", name, medians(clock), medians(processor));
    }

    /** Returns the median of each engine and its ratio to that of the first. */
    private static String medians(Map<String, double[]> seconds) {
        StringJoiner medians = new StringJoiner("  ");
        double first = Double.NaN;
        for (double[] times : seconds.values()) {
            Arrays.sort(times);
            double median = (times[(times.length - 1) / 2] + times[times.length / 2]) / 2;
            first = Double.isNaN(first) ? median : first;
            medians.add(String.format("%6.3f (%.2f)", median, median / first));
        }
        return medians.toString();
    }
}
