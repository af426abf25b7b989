package org.speechemotion.notebook.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A standard output that passes on what the thread of the running cell prints, and drops the rest. */
final class CellOutput {
    private final PrintStream target;
    private volatile Thread cell;

    CellOutput(PrintStream target) {
        this.target = target;
    }

    PrintStream stream() {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        if (Thread.currentThread() == cell) {
                            target.write(one);
                        }
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        if (Thread.currentThread() == cell) {
                            target.write(bytes, offset, length);
                            target.flush();
                        }
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    /** Passes on what this thread prints from now on. */
    void begin() {
        cell = Thread.currentThread();
    }

    void end() {
        target.flush();
        cell = null;
    }
}
