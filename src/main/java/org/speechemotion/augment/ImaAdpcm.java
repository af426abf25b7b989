package org.speechemotion.augment;

/**
 * Adaptive differential PCM of the Interactive Multimedia Association. Each code is the difference from the predicted
 * sample in steps that adapt to the signal. The encoder decodes its own codes in order to stay in step with the decoder.
 */
final class ImaAdpcm {
    private static final int[] STEPS = {
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97,
        107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796,
        876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871,
        5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623,
        27086, 29794, 32767
    };
    private static final int[] INDEX_CHANGES = {-1, -1, -1, -1, 2, 4, 6, 8};
    private static final int SIGN = 8;

    private int predicted;
    private int index;

    /** Encodes a sample of 16-bit PCM as 0 to 15. {@link #decode} must be called with the code before the next sample. */
    int encode(int sample) {
        int difference = sample - predicted;
        int code = difference < 0 ? SIGN : 0;
        int rest = Math.abs(difference);
        int step = STEPS[index];
        for (int bit = 4; bit > 0; bit >>= 1) {
            if (rest >= step) {
                code |= bit;
                rest -= step;
            }
            step >>= 1;
        }
        return code;
    }

    /** Decodes a code, 0 to 15, to 16-bit PCM. */
    int decode(int code) {
        int step = STEPS[index];
        int difference = step >> 3;
        difference += (code & 4) != 0 ? step : 0;
        difference += (code & 2) != 0 ? step >> 1 : 0;
        difference += (code & 1) != 0 ? step >> 2 : 0;
        predicted += (code & SIGN) != 0 ? -difference : difference;
        predicted = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, predicted));
        index = Math.max(0, Math.min(STEPS.length - 1, index + INDEX_CHANGES[code & 7]));
        return predicted;
    }
}
