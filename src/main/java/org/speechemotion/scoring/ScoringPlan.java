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
 * How inputs are cut: into batches, each of which is committed as a whole, and those into tasks of about as many bytes and
 * of inputs of similar size, so that small files are packed together and little is padded. The same inputs are always cut
 * alike.
 */
public final class ScoringPlan {
    /** What opening a file costs, in bytes that could be read meanwhile. */
    private static final long OPENING_BYTES = 1 << 16;
    /** Of a task: small enough that a lost executor costs little, large enough that a task does not. */
    private static final long TASK_BYTES = 32 << 20;
    /** Few tasks for each core would leave cores idle at the end: bytes do not tell how long a clip is. */
    private static final int LEAST_WAVES = 4;
    /** Not for the sake of more waves. */
    private static final long LEAST_TASK_BYTES = 2 << 20;

    private ScoringPlan() {}

    /**
     * Cuts inputs into batches.
     *
     * @param mostFiles of a batch
     * @param mostBytes of a batch, if it has more than one file
     */
    public static List<List<ScoringInput>> batches(List<ScoringInput> inputs, long mostFiles, long mostBytes) {
        List<List<ScoringInput>> batches = new ArrayList<>();
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < inputs.size(); i++) {
            long more = inputs.get(i).bytes();
            if (i > start && (i - start >= mostFiles || bytes + more > mostBytes)) {
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
     * Cuts a batch into tasks.
     *
     * @param cores that there are: one task more than that would take as long as twice as many
     */
    public static List<List<ScoringInput>> tasks(List<ScoringInput> batch, int cores) {
        List<ScoringInput> sorted = batch.stream()
                .sorted(Comparator.comparingLong(ScoringInput::bytes).thenComparing(ScoringInput::path))
                .toList();
        long total = sorted.stream().mapToLong(ScoringPlan::cost).sum();
        long waves = Math.max(
                Math.max(1, Math.min(LEAST_WAVES, total / (LEAST_TASK_BYTES * cores))),
                (total + TASK_BYTES * cores - 1) / (TASK_BYTES * cores));
        long most = Math.max(1, (total + waves * cores - 1) / (waves * cores));
        List<List<ScoringInput>> tasks = new ArrayList<>();
        long done = 0;
        for (ScoringInput input : sorted) {
            if (tasks.isEmpty() || done + cost(input) / 2 > most * tasks.size()) {
                tasks.add(new ArrayList<>());
            }
            tasks.get(tasks.size() - 1).add(input);
            done += cost(input);
        }
        // The largest first: what ends last should be small.
        Collections.reverse(tasks);
        return tasks;
    }

    /** The name of a batch: the same inputs have the same, whoever scores them and when. */
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
