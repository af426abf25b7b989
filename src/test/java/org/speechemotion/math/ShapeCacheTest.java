package org.speechemotion.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.BaseShapeInfoProvider;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ShapeCacheTest {
    /** ND4J's own descriptions, which differ in one property each. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(new long[] {}, new long[] {}, 1, 'c', DataType.FLOAT, false),
                Arguments.of(new long[] {3, 4}, new long[] {4, 1}, 1, 'c', DataType.FLOAT, false),
                Arguments.of(new long[] {4, 3}, new long[] {4, 1}, 1, 'c', DataType.FLOAT, false),
                Arguments.of(new long[] {3, 4}, new long[] {8, 2}, 1, 'c', DataType.FLOAT, false),
                Arguments.of(new long[] {3, 4}, new long[] {8, 2}, 2, 'c', DataType.FLOAT, false),
                Arguments.of(new long[] {3, 4}, new long[] {4, 1}, 1, 'f', DataType.FLOAT, false),
                Arguments.of(new long[] {3, 4}, new long[] {4, 1}, 1, 'c', DataType.DOUBLE, false),
                Arguments.of(new long[] {3, 0}, new long[] {0, 1}, 1, 'c', DataType.FLOAT, true));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void describesShapesAsNd4jDoes(
            long[] shape, long[] strides, long elementStride, char order, DataType type, boolean empty) {
        BaseShapeInfoProvider uncached = new BaseShapeInfoProvider() {
            @Override
            public void purgeCache() {}
        };
        ShapeCache cache = new ShapeCache();
        shapes().forEach(other -> create(cache, other.get()));
        Pair<DataBuffer, long[]> expected =
                uncached.createShapeInformation(shape, strides, elementStride, order, type, empty);
        Pair<DataBuffer, long[]> actual =
                cache.createShapeInformation(shape, strides, elementStride, order, type, empty);
        assertThat(actual.getSecond()).isEqualTo(expected.getSecond());
        assertThat(actual.getFirst().asLong()).isEqualTo(expected.getSecond());
        assertThat(cache.createShapeInformation(shape.clone(), strides.clone(), elementStride, order, type, empty))
                .isSameAs(actual);
    }

    private static void create(ShapeCache cache, Object... shape) {
        cache.createShapeInformation(
                (long[]) shape[0],
                (long[]) shape[1],
                ((Number) shape[2]).longValue(),
                (char) shape[3],
                (DataType) shape[4],
                (boolean) shape[5]);
    }

    @Test
    void doesNotDependOnArraysThatChangeLater() {
        ShapeCache cache = new ShapeCache();
        long[] shape = {3, 4};
        long[] before = cache.createShapeInformation(shape, new long[] {4, 1}, 1, 'c', DataType.FLOAT, false)
                .getSecond();
        Arrays.fill(shape, 2);
        assertThat(cache.createShapeInformation(new long[] {3, 4}, new long[] {4, 1}, 1, 'c', DataType.FLOAT, false)
                        .getSecond())
                .isSameAs(before);
        assertThat(before).startsWith(2, 3, 4, 4, 1);
    }

    @Test
    void describesFurtherShapesWhenItIsFull() {
        ShapeCache cache = new ShapeCache();
        for (long length = 1; length <= 20_010; length++) {
            assertThat(cache.createShapeInformation(new long[] {length}, new long[] {1}, 1, 'c', DataType.FLOAT, false)
                            .getSecond()[1])
                    .isEqualTo(length);
        }
    }

    /** The tests run with it, like all commands, so that they cover what ND4J does with shared descriptions. */
    @Test
    void isUsedByNd4j() {
        assertThat(Nd4j.getShapeInfoProvider()).isInstanceOf(ShapeCache.class);
        INDArray array = Nd4j.create(5, 7);
        assertThat(Nd4j.create(5, 7).shapeInfoDataBuffer()).isSameAs(array.shapeInfoDataBuffer());
        assertThat(array.reshape(7, 5).permute(1, 0).shape()).containsExactly(5, 7);
        assertThat(array.shape()).containsExactly(5, 7);
    }
}
