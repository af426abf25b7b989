package org.speechemotion.notebook.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A standard output that passes on the output of the running cell's thread and drops the rest. */
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

    /** Passes on the output of this thread from now on. */
    void begin() {
        cell = Thread.currentThread();
    }

    void end() {
        target.flush();
        cell = null;
    }
}
