package org.speechemotion.encoder.kernel;

/** Distributes the rows of a matrix over the workers. */
final class ParallelRows {
    private static final int BLOCK = 64;

    private ParallelRows() {}

    /** Processes one row. */
    @FunctionalInterface
    interface Visitor {
        void visit(int row, Scratch scratch);
    }

    static void visit(Workspace workspace, int rows, Visitor visitor) {
        workspace.workers().run((rows + BLOCK - 1) / BLOCK, (block, worker) -> {
            for (int row = block * BLOCK; row < Math.min(rows, (block + 1) * BLOCK); row++) {
                visitor.visit(row, workspace.scratch(worker));
            }
        });
    }
}
