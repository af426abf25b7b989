package org.speechemotion.encoder.kernel;

import java.util.Optional;
import org.speechemotion.encoder.transformer.Activation;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.math.Gemm;
import org.speechemotion.math.Matrix;
import org.speechemotion.math.Memory;

/** A linear layer, x · Wᵀ + b, with weight {@code [outputs, inputs]} and bias {@code [outputs]}. */
final class Linear implements AutoCloseable {
    /** The number of rows per product, which is large because BLAS packs the weights for every product. */
    private static final int ROWS = 1024;

    private static final int LANES = 16;

    private final Matrix weight;
    private final float[] bias;

    Linear(float[] weight, float[] bias) {
        this.bias = bias;
        this.weight = Matrix.of(Memory.of(weight), bias.length, weight.length / bias.length);
    }

    /** @param name the prefix of the tensors, without {@code .weight} and {@code .bias} */
    static Linear of(EncoderTensors tensors, String name) {
        return new Linear(tensors.read(name + ".weight"), tensors.read(name + ".bias"));
    }

    /** Returns the bias, {@code [outputs]}. */
    float[] bias() {
        return bias;
    }

    int outputs() {
        return bias.length;
    }

    /**
     * Computes target = activation(x · Wᵀ + b).
     *
     * @param x {@code [rows, inputs]}
     * @param target {@code [rows, outputs]}
     */
    void apply(Workspace workspace, Matrix x, Optional<Activation> activation, Matrix target) {
        tiles(workspace, x, target, (from, part, worker) -> {
            int column = part.start() - target.start() - from * target.stride();
            for (int row = 0; row < part.rows(); row++) {
                part.memory().put(part.start() + row * part.stride(), bias, column, part.columns());
            }
            product(x, from, column, part);
            activation.ifPresent(function -> {
                float[] values = workspace.scratch(worker).array(0, part.columns());
                for (int row = 0; row < part.rows(); row++) {
                    part.get(row, values);
                    Pointwise.activate(function, values, part.columns());
                    part.put(row, values);
                }
            });
        });
    }

    /** Computes target += x · Wᵀ with shapes as in {@link #apply}. The caller adds the bias. */
    void addProduct(Workspace workspace, Matrix x, Matrix target) {
        tiles(
                workspace,
                x,
                target,
                (from, part, worker) -> product(x, from, part.start() - target.start() - from * target.stride(), part));
    }

    @Override
    public void close() {
        weight.memory().close();
    }

    private void product(Matrix x, int row, int column, Matrix part) {
        Gemm.timesTransposed(1, x.rows(row, part.rows()), weight.rows(column, part.columns()), 1, part);
    }

    /** Computes a part of the target in one worker. */
    @FunctionalInterface
    private interface Tile {
        void compute(int row, Matrix part, int worker);
    }

    /** Divides few rows by columns, so that each worker packs only its share of the weights. */
    private static void tiles(Workspace workspace, Matrix x, Matrix target, Tile tile) {
        int workers = workspace.workers().size();
        int rowTiles = parts(x.rows(), ROWS);
        int columnTiles = rowTiles % workers == 0 ? 1 : workers;
        int rows = parts(x.rows(), rowTiles);
        int columns = parts(parts(target.columns(), columnTiles), LANES) * LANES;
        int across = parts(target.columns(), columns);
        int down = parts(x.rows(), rows);
        workspace.workers().run(down * across, (index, worker) -> {
            int row = index / across * rows;
            int column = index % across * columns;
            Matrix part = target.rows(row, Math.min(rows, x.rows() - row))
                    .columns(column, Math.min(columns, target.columns() - column));
            tile.compute(row, part, worker);
        });
    }

    private static int parts(int total, int size) {
        return (total + size - 1) / size;
    }
}
