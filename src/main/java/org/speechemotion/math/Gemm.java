package org.speechemotion.math;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.slf4j.LoggerFactory;

/** Computes matrix products by BLAS, each in the calling thread. */
public final class Gemm {
    static {
        // Threads of BLAS would compete with the other half of a batch and with other Spark tasks.
        if (System.getenv("OMP_NUM_THREADS") == null) {
            blas_set_num_threads(1);
        }
        BlasCore.advice().ifPresent(LoggerFactory.getLogger(Gemm.class)::warn);
    }

    private Gemm() {}

    /** Computes target = a · bᵀ + keep · target for a {@code [m, k]}, b {@code [n, k]}, target {@code [m, n]}. */
    public static void timesTransposed(Matrix a, Matrix b, float keep, Matrix target) {
        require(a.columns() == b.columns() && a.rows() == target.rows() && b.rows() == target.columns(), a, b, target);
        multiply(CblasNoTrans, CblasTrans, a.columns(), a, b, keep, target);
    }

    /** Computes target = a · b + keep · target for a {@code [m, k]}, b {@code [k, n]}, target {@code [m, n]}. */
    public static void times(Matrix a, Matrix b, float keep, Matrix target) {
        require(a.columns() == b.rows() && a.rows() == target.rows() && b.columns() == target.columns(), a, b, target);
        multiply(CblasNoTrans, CblasNoTrans, a.columns(), a, b, keep, target);
    }

    /** Computes target = aᵀ · b for a {@code [k, m]}, b {@code [k, n]}, target {@code [m, n]}. */
    public static void transposedTimes(Matrix a, Matrix b, Matrix target) {
        require(a.rows() == b.rows() && a.columns() == target.rows() && b.columns() == target.columns(), a, b, target);
        multiply(CblasTrans, CblasNoTrans, a.rows(), a, b, 0, target);
    }

    private static void require(boolean fits, Matrix a, Matrix b, Matrix target) {
        if (!fits) {
            throw new IllegalArgumentException("cannot store the product of " + a + " and " + b + " in " + target);
        }
    }

    private static void multiply(
            int transpositionOfA, int transpositionOfB, int inner, Matrix a, Matrix b, float keep, Matrix target) {
        cblas_sgemm(
                CblasRowMajor,
                transpositionOfA,
                transpositionOfB,
                target.rows(),
                target.columns(),
                inner,
                1,
                a.memory().from(a.start()),
                a.stride(),
                b.memory().from(b.start()),
                b.stride(),
                keep,
                target.memory().from(target.start()),
                target.stride());
    }
}
