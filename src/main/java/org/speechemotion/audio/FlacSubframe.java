package org.speechemotion.audio;

import java.io.IOException;
import java.util.Arrays;
import org.speechemotion.common.RejectedException;

/** Decodes one channel of a FLAC frame (RFC 9639, sections 9.2 and 9.2.7). */
final class FlacSubframe {

    private static final int[][] FIXED_PREDICTORS = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

    private final BitReader bits;
    private final long[] samples;
    private final int length;

    private FlacSubframe(BitReader bits, long[] samples, int length) {
        this.bits = bits;
        this.samples = samples;
        this.length = length;
    }

    /** Fills the first {@code length} samples, each of {@code depth} bits. */
    static void decode(BitReader bits, long[] samples, int length, int depth) throws IOException, RejectedException {
        new FlacSubframe(bits, samples, length).decode(depth);
    }

    private void decode(int depth) throws IOException, RejectedException {
        require(bits.unsigned(1) == 0, "a subframe begins with a one bit");
        int type = (int) bits.unsigned(6);
        int wasted = bits.unsigned(1) == 0 ? 0 : (int) Math.min(depth, bits.unary() + 1);
        int width = depth - wasted;
        require(width > 0, "a subframe wastes all its bits");
        if (type == 0) {
            Arrays.fill(samples, 0, length, bits.signed(width));
        } else if (type == 1) {
            verbatim(length, width);
        } else if (type >= 8 && type <= 12) {
            fixed(type - 8, width);
        } else if (type >= 32) {
            linear(type - 31, width);
        } else {
            throw damaged("a subframe has the reserved type " + type);
        }
        for (int i = 0; wasted > 0 && i < length; i++) {
            samples[i] <<= wasted;
        }
    }

    private void verbatim(int count, int width) throws IOException, RejectedException {
        require(count <= length, "a predictor of order " + count + " in a block of " + length);
        for (int i = 0; i < count; i++) {
            samples[i] = bits.signed(width);
        }
    }

    private void fixed(int order, int width) throws IOException, RejectedException {
        verbatim(order, width);
        residual(order);
        predict(FIXED_PREDICTORS[order], 0);
    }

    private void linear(int order, int width) throws IOException, RejectedException {
        verbatim(order, width);
        int precision = (int) bits.unsigned(4) + 1;
        int shift = (int) bits.signed(5);
        require(precision < 16 && shift >= 0, "a predictor of precision " + precision + " and shift " + shift);
        int[] coefficients = new int[order];
        for (int i = 0; i < order; i++) {
            coefficients[i] = (int) bits.signed(precision);
        }
        residual(order);
        predict(coefficients, shift);
    }

    /** Adds the prediction from the preceding samples to each residual. */
    private void predict(int[] coefficients, int shift) {
        for (int i = coefficients.length; i < length; i++) {
            long prediction = 0;
            for (int j = 0; j < coefficients.length; j++) {
                prediction += coefficients[j] * samples[i - 1 - j];
            }
            samples[i] += prediction >> shift;
        }
    }

    /** Reads the Rice-coded residuals, in partitions with a parameter each. */
    private void residual(int order) throws IOException, RejectedException {
        int method = (int) bits.unsigned(2);
        require(method < 2, "the reserved residual coding " + method);
        int parameterBits = 4 + method;
        int escape = (1 << parameterBits) - 1;
        int partitionOrder = (int) bits.unsigned(4);
        int partition = length >> partitionOrder;
        require(
                partition << partitionOrder == length && partition >= order,
                "2^" + partitionOrder + " partitions of a block of " + length);
        int sample = order;
        for (int end = partition; end <= length; end += partition) {
            int parameter = (int) bits.unsigned(parameterBits);
            if (parameter == escape) {
                int width = (int) bits.unsigned(5);
                for (; sample < end; sample++) {
                    samples[sample] = bits.signed(width);
                }
            } else {
                for (; sample < end; sample++) {
                    long folded = (bits.unary() << parameter) | bits.unsigned(parameter);
                    samples[sample] = (folded >>> 1) ^ -(folded & 1);
                }
            }
        }
    }

    private static void require(boolean valid, String otherwise) throws RejectedException {
        if (!valid) {
            throw damaged(otherwise);
        }
    }

    private static RejectedException damaged(String message) {
        return RejectionReason.UNREADABLE.exception(message);
    }
}
