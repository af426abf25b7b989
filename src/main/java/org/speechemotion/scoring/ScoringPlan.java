package org.speechemotion.scoring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Divides inputs into batches, each of which is committed as a whole, and batches into tasks of about equal size. The inputs of
 * a task have similar sizes, so small files are packed together and little is padded. The same inputs are always divided in the
 * same way.
 */
public final class ScoringPlan {
    /** The cost of opening a file, in bytes that could be read in the same time. */
    private static final long OPENING_BYTES = 1 << 16;
    /** The size of a task: small enough that a lost executor costs little, large enough to outweigh a task's own cost. */
    private static final long TASK_BYTES = 32 << 20;
    /** With fewer tasks for each core, cores would be idle at the end, because bytes predict the duration of clips badly. */
    private static final int MIN_WAVES = 4;
    /** Tasks are not made smaller than this for the sake of more waves. */
    private static final long MIN_TASK_BYTES = 2 << 20;

    private ScoringPlan() {}

    /**
     * Divides inputs into batches.
     *
     * @param maxFiles the maximum number of inputs of a batch
     * @param maxBytes the maximum size of a batch that has more than one input
     */
    public static List<List<ScoringInput>> batches(List<ScoringInput> inputs, long maxFiles, long maxBytes) {
        List<List<ScoringInput>> batches = new ArrayList<>();
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < inputs.size(); i++) {
            long more = inputs.get(i).bytes();
            if (i > start && (i - start >= maxFiles || bytes + more > maxBytes)) {
                batches.add(inputs.subList(start, i));
                start = i;
                bytes = 0;
            }
            bytes += more;
        }
        if (start < inputs.size()) {
            batches.add(inputs.subList(start, inputs.size()));
        }
        return batches;
    }

    /**
     * Divides a batch into tasks.
     *
     * @param cores the number of cores; one task more than that would take as long as twice as many
     */
    public static List<List<ScoringInput>> tasks(List<ScoringInput> batch, int cores) {
        List<ScoringInput> sorted = batch.stream()
                .sorted(Comparator.comparingLong(ScoringInput::bytes).thenComparing(ScoringInput::path))
                .toList();
        long total = sorted.stream().mapToLong(ScoringPlan::cost).sum();
        long waves = Math.max(
                Math.max(1, Math.min(MIN_WAVES, total / (MIN_TASK_BYTES * cores))),
                (total + TASK_BYTES * cores - 1) / (TASK_BYTES * cores));
        long max = Math.max(1, (total + waves * cores - 1) / (waves * cores));
        List<List<ScoringInput>> tasks = new ArrayList<>();
        long done = 0;
        for (ScoringInput input : sorted) {
            if (tasks.isEmpty() || done + cost(input) / 2 > max * tasks.size()) {
                tasks.add(new ArrayList<>());
            }
            tasks.get(tasks.size() - 1).add(input);
            done += cost(input);
        }
        // The largest tasks come first, so that the last ones to end are short.
        Collections.reverse(tasks);
        return tasks;
    }

    /** Returns the name of a batch, a hash of the model and the inputs: the same inputs always have the same name. */
    public static String name(String modelId, List<ScoringInput> batch) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
        digest.update(modelId.getBytes(StandardCharsets.UTF_8));
        for (ScoringInput input : batch) {
            String key = "\0" + input.bytes() + " " + input.modified() + " " + input.path();
            digest.update(key.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 12);
    }

    private static long cost(ScoringInput input) {
        return OPENING_BYTES + input.bytes();
    }
}
