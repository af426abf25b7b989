package org.speechemotion.encoder.kernel;

/** Visits the rows of a matrix, shared out among the workers. */
final class Rows {
    private static final int BLOCK = 64;

    private Rows() {}

    /** What is done with one row. */
    @FunctionalInterface
    interface Visitor {
        void visit(int row, Scratch scratch);
    }

    static void visit(Workspace workspace, int rows, Visitor visitor) {
        workspace.team().run((rows + BLOCK - 1) / BLOCK, (block, worker) -> {
            for (int row = block * BLOCK; row < Math.min(rows, (block + 1) * BLOCK); row++) {
                visitor.visit(row, workspace.scratch(worker));
            }
        });
    }
}
