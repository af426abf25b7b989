package org.speechemotion.encoder.kernel;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.speechemotion.encoder.Frames;

/** A Python process that runs the same folder with Hugging Face's transformers; see {@code encoder_rival.py}. */
public final class PytorchRival implements AutoCloseable {
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    /** What one run takes, on the clock and of all processors. */
    public record Seconds(double clock, double processor) {}

    private PytorchRival(Process process) {
        this.process = process;
        requests = process.outputWriter();
        answers = process.inputReader();
    }

    /** Starts {@code $PYTHON}, or python3. */
    public static PytorchRival start(Path folder, int threads) throws IOException {
        String python = System.getenv().getOrDefault("PYTHON", "python3");
        ProcessBuilder builder = new ProcessBuilder(
                python, "src/test/python/encoder_rival.py", folder.toString(), String.valueOf(threads));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return new PytorchRival(builder.start());
    }

    long pid() {
        return process.pid();
    }

    /** Hands over clips and what we make of them; the answer is the largest difference to what it makes of them. */
    public double load(List<float[]> clips, List<Frames> ours) throws IOException {
        Path file = Files.createTempFile("encoder-benchmark", ".f32");
        try {
            try (var out = Files.newOutputStream(file)) {
                for (int clip = 0; clip < clips.size(); clip++) {
                    out.write(bytes(clips.get(clip)));
                    out.write(bytes(ours.get(clip).values()));
                }
            }
            String lengths =
                    clips.stream().map(clip -> String.valueOf(clip.length)).collect(Collectors.joining(" "));
            return ask("load " + file + " " + lengths)[0];
        } finally {
            Files.delete(file);
        }
    }

    /** Runs the clips once. */
    Seconds time() throws IOException {
        return seconds("time");
    }

    /** A training step of so many of the last layers and a head on the clips. */
    public Seconds step(int layers) throws IOException {
        return seconds("step " + layers);
    }

    private Seconds seconds(String request) throws IOException {
        double[] seconds = ask(request);
        return new Seconds(seconds[0], seconds[1]);
    }

    @Override
    public void close() {
        try {
            requests.close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    private double[] ask(String request) throws IOException {
        requests.write(request);
        requests.newLine();
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new EOFException("the Python process ended at: " + request);
        }
        return Arrays.stream(answer.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
