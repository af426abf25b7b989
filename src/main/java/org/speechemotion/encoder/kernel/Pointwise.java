package org.speechemotion.encoder.kernel;

import org.speechemotion.encoder.transformer.Activation;
import org.speechemotion.math.Gelu;

/** Elementwise functions over the first values of arrays, as loops without branches that the JIT vectorises. */
final class Pointwise {
    private Pointwise() {}

    static void activate(Activation activation, float[] x, int count) {
        switch (activation) {
            case GELU -> Gelu.apply(x, count);
            case RELU -> relu(x, count);
        }
    }

    static void add(float[] x, float[] summand, int count) {
        for (int i = 0; i < count; i++) {
            x[i] += summand[i];
        }
    }

    private static void relu(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = Math.max(x[i], 0f);
        }
    }
}
