package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.random.KeyedRandom;

class PrincipalComponentsTest {
    private static final double[] EXPLAINED = {0.56983042, 0.29815998};
    private static final double[][] COORDINATES = {
        {0.8835253, -1.8121847},
        {-1.4004263, -0.0971950},
        {3.6393866, -0.6910382},
        {0.4494141, 3.2995146},
        {-3.5718996, -0.6990967}
    };

    /** numpy.linalg.svd of the centred vectors: s² / Σs² and U·S, with the sign that makes the largest loading positive. */
    @Test
    void agreesWithNumPy() {
        List<float[]> vectors = List.of(
                new float[] {2, 0, 1},
                new float[] {0, 1, 3},
                new float[] {4, 2, -1},
                new float[] {1, 5, 2},
                new float[] {-3, 1, 0.5f});
        PrincipalComponents components = PrincipalComponents.of(vectors, 2);
        assertThat(components.explained(0)).isCloseTo(EXPLAINED[0], within(1e-6));
        assertThat(components.explained(1)).isCloseTo(EXPLAINED[1], within(1e-6));
        for (int i = 0; i < vectors.size(); i++) {
            assertThat(components.coordinate(i, 0)).isCloseTo(COORDINATES[i][0], within(1e-5));
            assertThat(components.coordinate(i, 1)).isCloseTo(COORDINATES[i][1], within(1e-5));
        }
    }

    @Test
    void findsTheAxesOfAStretchedCloud() {
        List<float[]> vectors = new ArrayList<>();
        KeyedRandom random = new KeyedRandom(1, "cloud");
        for (int i = 0; i < 400; i++) {
            float[] vector = new float[300];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = (float) (random.nextDouble() - 0.5) * (j == 7 ? 100 : j == 9 ? 40 : 1);
            }
            vectors.add(vector);
        }
        PrincipalComponents components = PrincipalComponents.of(vectors, 2);
        for (int i = 0; i < vectors.size(); i++) {
            assertThat(components.coordinate(i, 0) - components.coordinate(0, 0))
                    .isCloseTo(vectors.get(i)[7] - vectors.get(0)[7], within(6.0));
        }
        assertThat(components.explained(0)).isBetween(0.8, 0.9);
        assertThat(components.explained(1)).isBetween(0.1, 0.2);
    }

    @Test
    void equalVectorsHaveNoComponents() {
        PrincipalComponents components = PrincipalComponents.of(List.of(new float[] {1, 2}, new float[] {1, 2}), 2);
        assertThat(components.explained(0)).isZero();
        assertThat(components.coordinate(1, 1)).isZero();
        PrincipalComponents line = PrincipalComponents.of(List.of(new float[] {1, 2}, new float[] {3, 2}), 2);
        assertThat(line.coordinate(1, 0)).isEqualTo(1);
        assertThat(line.coordinate(1, 1)).isZero();
    }
}
