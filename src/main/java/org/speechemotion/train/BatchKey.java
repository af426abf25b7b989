package org.speechemotion.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The identity of a batch, which the cluster's workers receive instead of its data. The encoded form is a valid relative
 * URI, because DL4J passes it on as a path.
 *
 * @param epoch the epoch, counted from 0
 * @param index the position of the batch in its epoch
 * @param examples the positions of its clips in the training table, at least one
 */
public record BatchKey(int epoch, int index, List<Integer> examples) {
    public BatchKey {
        examples = List.copyOf(examples);
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("batch " + index + " of epoch " + epoch + " has no examples");
        }
    }

    /** Returns the text of the key, for example {@code 3/17/12,99,5}. */
    public String encode() {
        return epoch + "/" + index + "/"
                + examples.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /**
     * Parses the text of {@link #encode}.
     *
     * @throws IllegalArgumentException if the text is not an encoded key
     */
    public static BatchKey decode(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 3) {
                return new BatchKey(
                        Integer.parseInt(parts[0]),
                        Integer.parseInt(parts[1]),
                        Arrays.stream(parts[2].split(",", -1))
                                .map(Integer::valueOf)
                                .toList());
            }
        } catch (NumberFormatException notANumber) {
            // The exception below names the text.
        }
        throw new IllegalArgumentException(
                "batch key '" + text + "' is malformed; allowed: epoch/index/examples, such as 3/17/12,99,5");
    }
}
