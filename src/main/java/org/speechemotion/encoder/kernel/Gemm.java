package org.speechemotion.encoder.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.slf4j.LoggerFactory;

/** Computes matrix products by BLAS, each in the calling thread. */
final class Gemm {
    static {
        // The worker pool distributes larger parts of the model, so that the operations after a product find its result
        // in
        // the cache. Threads of BLAS would compete with those workers and with other Spark tasks.
        if (System.getenv("OMP_NUM_THREADS") == null) {
            blas_set_num_threads(1);
        }
        BlasCore.advice().ifPresent(LoggerFactory.getLogger(Gemm.class)::warn);
    }

    private Gemm() {}

    /** Computes target = scale · a · bᵀ + keep · target for a {@code [m, k]}, b {@code [n, k]}, target {@code [m, n]}. */
    static void timesTransposed(float scale, Matrix a, Matrix b, float keep, Matrix target) {
        multiply(CblasTrans, scale, a, b, b.columns(), b.rows(), keep, target);
    }

    /** Computes target = a · b for a {@code [m, k]}, b {@code [k, n]}, target {@code [m, n]}. */
    static void times(Matrix a, Matrix b, Matrix target) {
        multiply(CblasNoTrans, 1, a, b, b.rows(), b.columns(), 0, target);
    }

    private static void multiply(
            int transposition, float scale, Matrix a, Matrix b, int inner, int columns, float keep, Matrix target) {
        if (a.columns() != inner || a.rows() != target.rows() || columns != target.columns()) {
            throw new IllegalArgumentException("cannot store the product of " + a + " and " + b + " in " + target);
        }
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                transposition,
                a.rows(),
                columns,
                inner,
                scale,
                a.memory().from(a.start()),
                a.stride(),
                b.memory().from(b.start()),
                b.stride(),
                keep,
                target.memory().from(target.start()),
                target.stride());
    }
}
