package org.speechemotion.encoder.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/** A pool with one workspace for each concurrent call. */
final class Workspaces {
    private final int threads;
    private final Deque<Workspace> idle = new ArrayDeque<>();
    private int inUse;
    private boolean closed;

    /** @throws IllegalArgumentException if the number of threads is below 1 */
    Workspaces(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; allowed: at least 1");
        }
        this.threads = threads;
    }

    /** @throws IllegalStateException after {@link #close} */
    synchronized Workspace acquire() {
        if (closed) {
            throw new IllegalStateException("the encoder is closed");
        }
        Workspace workspace = idle.isEmpty() ? new Workspace(threads) : idle.pop();
        inUse++;
        return workspace;
    }

    synchronized void release(Workspace workspace) {
        idle.push(workspace);
        inUse--;
        notifyAll();
    }

    /** Waits until all workspaces are released and closes them. Returns false if this pool was already closed. */
    synchronized boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        boolean interrupted = false;
        while (inUse > 0) {
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
