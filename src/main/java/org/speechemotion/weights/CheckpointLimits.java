package org.speechemotion.weights;

/**
 * The largest checkpoint that is opened, in things that cost memory before any value is read. Encoders of two billion
 * weights have about a thousand tensors; a crafted file of 100 MB can name millions.
 */
final class CheckpointLimits {
    /** Tensors of a file, and of all shards of an index together. */
    static final int MAX_TENSORS = 65_536;

    /** Files that an index names. All of them are open at once. */
    static final int MAX_SHARDS = 1_000;

    /** Axes of a tensor; PyTorch has the same limit. */
    static final int MAX_AXES = 64;

    /** Characters of a tensor's name. */
    static final int MAX_NAME_LENGTH = 1_000;

    private static final int MAX_QUOTED = 100;

    private CheckpointLimits() {}

    /** @throws WeightsException without the file's name, if there are more tensors than allowed */
    static void requireTensors(int count) {
        if (count > MAX_TENSORS) {
            throw new WeightsException("it has more than " + MAX_TENSORS + " tensors");
        }
    }

    /** @throws WeightsException without the file's name, if a tensor's name is too long */
    static void requireName(String name) {
        if (name.length() > MAX_NAME_LENGTH) {
            throw new WeightsException("the name of tensor " + quoted(name) + " has " + name.length()
                    + " characters; allowed are " + MAX_NAME_LENGTH);
        }
    }

    /** @throws WeightsException without the file's name, if a tensor has too many axes */
    static void requireAxes(String tensor, int count) {
        if (count > MAX_AXES) {
            throw new WeightsException(tensor + " has " + count + " axes; allowed are " + MAX_AXES);
        }
    }

    /** Shortens a text of a hostile file for a message. */
    static String quoted(Object value) {
        String text = value.toString();
        return text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "…" : text;
    }
}
