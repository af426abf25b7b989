package org.speechemotion.encoder.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.speechemotion.PythonProcess;
import org.speechemotion.encoder.Frames;

/** A Python process that runs the same folder by PyTorch and by ONNX Runtime; see {@code encoder_rival.py}. */
public final class PytorchRival implements AutoCloseable {
    private final PythonProcess python;

    /** The times of one run: wall-clock, and of all processors. */
    public record Seconds(double clock, double processor) {}

    private PytorchRival(PythonProcess python) {
        this.python = python;
    }

    /** Starts {@code $PYTHON}, or python3. */
    public static PytorchRival start(Path folder, int threads) throws IOException {
        return new PytorchRival(
                PythonProcess.start("src/test/python/encoder_rival.py", folder.toString(), String.valueOf(threads)));
    }

    long pid() {
        return python.pid();
    }

    /** Sends clips and our outputs; the answer is the maximum difference from the outputs of PyTorch. */
    public double load(List<float[]> clips, List<Frames> ours) throws IOException {
        Path file = Files.createTempFile("encoder-benchmark", ".f32");
        try {
            try (var out = Files.newOutputStream(file)) {
                for (int clip = 0; clip < clips.size(); clip++) {
                    out.write(PythonProcess.bytes(clips.get(clip)));
                    out.write(PythonProcess.bytes(ours.get(clip).values()));
                }
            }
            String lengths =
                    clips.stream().map(clip -> String.valueOf(clip.length)).collect(Collectors.joining(" "));
            return python.ask("load " + file + " " + lengths)[0];
        } finally {
            Files.delete(file);
        }
    }

    /** Runs the clips once by {@code pytorch} or {@code onnxruntime}. */
    Seconds time(String engine) throws IOException {
        return seconds("time " + engine);
    }

    /** A training step of so many of the last layers and a head on the clips. */
    public Seconds step(int layers) throws IOException {
        return seconds("step " + layers);
    }

    private Seconds seconds(String request) throws IOException {
        double[] seconds = python.ask(request);
        return new Seconds(seconds[0], seconds[1]);
    }

    @Override
    public void close() {
        python.close();
    }
}
