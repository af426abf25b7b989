package org.speechemotion.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names a batch: what the cluster's workers are sent instead of data. The encoded form is a valid relative URI, since
 * DL4J hands it around as a path.
 *
 * @param epoch counted from 0
 * @param index of the batch in its epoch
 * @param examples positions in the training table, at least one
 */
public record BatchKey(int epoch, int index, List<Integer> examples) {
    public BatchKey {
        examples = List.copyOf(examples);
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("batch " + index + " of epoch " + epoch + " has no examples");
        }
    }

    /** For example {@code 3/17/12,99,5}. */
    public String encode() {
        return epoch + "/" + index + "/"
                + examples.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /**
     * Reads what {@link #encode} writes.
     *
     * @throws IllegalArgumentException where the text is not an encoded key
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
            // Said below.
        }
        throw new IllegalArgumentException(
                "batch key '" + text + "': expected epoch/index/examples, such as 3/17/12,99,5");
    }
}
