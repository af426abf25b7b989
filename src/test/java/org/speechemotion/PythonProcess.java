package org.speechemotion;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A Python script that answers each line of its standard input with a line of numbers. */
public final class PythonProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    private PythonProcess(Process process) {
        this.process = process;
        requests = process.outputWriter();
        answers = process.inputReader();
    }

    /**
     * Starts {@code $PYTHON}, or python3, with a script of this repository. Its memory is allocated as glibc does by default, or as
     * {@code $PYTHON_GLIBC_TUNABLES} says.
     */
    public static PythonProcess start(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getenv().getOrDefault("PYTHON", "python3"));
        command.add(script);
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.remove("GLIBC_TUNABLES");
        if (environment.containsKey("PYTHON_GLIBC_TUNABLES")) {
            environment.put("GLIBC_TUNABLES", environment.get("PYTHON_GLIBC_TUNABLES"));
        }
        return new PythonProcess(builder.start());
    }

    public long pid() {
        return process.pid();
    }

    public double[] ask(String request) throws IOException {
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

    /** Returns the bytes of an array in the format that the scripts read. */
    public static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
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
}
