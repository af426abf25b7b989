package org.speechemotion.encoder.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/** As many workspaces as there have been calls at a time. */
final class Workspaces {
    private final int threads;
    private final Deque<Workspace> idle = new ArrayDeque<>();
    private int taken;
    private boolean closed;

    /** @throws IllegalArgumentException if there are no threads */
    Workspaces(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; allowed: at least 1");
        }
        this.threads = threads;
    }

    /** @throws IllegalStateException after {@link #close} */
    synchronized Workspace take() {
        if (closed) {
            throw new IllegalStateException("the encoder is closed");
        }
        Workspace workspace = idle.isEmpty() ? new Workspace(threads) : idle.pop();
        taken++;
        return workspace;
    }

    synchronized void giveBack(Workspace workspace) {
        idle.push(workspace);
        taken--;
        notifyAll();
    }

    /** Waits until all are back, and closes them; false if that has been done. */
    synchronized boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        boolean interrupted = false;
        while (taken > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        idle.forEach(Workspace::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
