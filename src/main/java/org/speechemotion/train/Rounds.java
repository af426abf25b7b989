package org.speechemotion.train;

import java.util.ArrayList;
import java.util.List;

/**
 * The rounds of parameter averaging that an epoch is cut into, and the steps that a worker takes in them.
 *
 * @param workers that train at the same time, at least 1
 * @param averagingFrequency steps of each worker in a round, at least 1
 */
public record Rounds(int workers, int averagingFrequency) {
    public Rounds {
        Limits.atLeast("workers", workers, 1);
        Limits.atLeast("averaging-frequency", averagingFrequency, 1);
    }

    /** The batches of each round, dealt out in order; the last may be short. */
    public <T> List<List<T>> of(List<T> batches) {
        List<List<T>> rounds = new ArrayList<>();
        int size = workers * averagingFrequency;
        for (int start = 0; start < batches.size(); start += size) {
            rounds.add(batches.subList(start, Math.min(start + size, batches.size())));
        }
        return rounds;
    }

    /** Among how many workers a round of so many batches is dealt out. */
    public int parts(int batches) {
        return Math.min(workers, batches);
    }

    /** The steps that one worker takes, or the busiest, in rounds over so many batches. */
    public int steps(int batches) {
        int size = workers * averagingFrequency;
        int rest = batches % size;
        int last = rest == 0 ? 0 : (rest + parts(rest) - 1) / parts(rest);
        return batches / size * averagingFrequency + last;
    }
}
