package org.speechemotion.weights;

/**
 * Limits on everything that costs memory before any value is read. Encoders with two billion weights have about a thousand
 * tensors, while a crafted file of 100 MB can name millions.
 */
final class WeightLimits {
    /** The number of tensors of a file, or of all shards of an index together. */
    static final int MAX_TENSORS = 65_536;

    /** The number of files of an index, all of which are open at once. */
    static final int MAX_SHARDS = 1_000;

    /** The number of axes of a tensor; PyTorch has the same limit. */
    static final int MAX_AXES = 64;

    /** The length of the name of a tensor. */
    static final int MAX_NAME_LENGTH = 1_000;

    private static final int MAX_QUOTED = 100;

    private WeightLimits() {}

    /** @throws WeightsException if there are too many tensors; the message does not name the file */
    static void requireTensors(int count) {
        if (count > MAX_TENSORS) {
            throw new WeightsException("it has too many tensors; allowed: at most " + MAX_TENSORS);
        }
    }

    /** @throws WeightsException if the name of a tensor is too long; the message does not name the file */
    static void requireName(String name) {
        if (name.length() > MAX_NAME_LENGTH) {
            throw new WeightsException("the name of tensor " + quoted(name) + " has " + name.length()
                    + " characters; allowed: at most " + MAX_NAME_LENGTH);
        }
    }

    /** @throws WeightsException if a tensor has too many axes; the message does not name the file */
    static void requireAxes(String tensor, int count) {
        if (count > MAX_AXES) {
            throw new WeightsException(tensor + " has " + count + " axes; allowed: at most " + MAX_AXES);
        }
    }

    /** Shortens a text of an untrusted file for a message. */
    static String quoted(Object value) {
        String text = value.toString();
        return text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "…" : text;
    }
}
