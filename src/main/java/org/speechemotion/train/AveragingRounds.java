package org.speechemotion.train;

import java.util.ArrayList;
import java.util.List;

/**
 * The division of an epoch into rounds of parameter averaging.
 *
 * @param workers the number of workers that train in parallel, at least 1
 * @param averagingFrequency the number of steps of each worker in a round, at least 1
 */
public record AveragingRounds(int workers, int averagingFrequency) {
    public AveragingRounds {
        Require.atLeast("workers", workers, 1);
        Require.atLeast("averaging-frequency", averagingFrequency, 1);
    }

    /** Divides batches into rounds in order; the last round may be shorter. */
    public <T> List<List<T>> of(List<T> batches) {
        List<List<T>> rounds = new ArrayList<>();
        int size = workers * averagingFrequency;
        for (int start = 0; start < batches.size(); start += size) {
            rounds.add(batches.subList(start, Math.min(start + size, batches.size())));
        }
        return rounds;
    }

    /** Returns the number of workers that share a round of so many batches. */
    public int parts(int batches) {
        return Math.min(workers, batches);
    }

    /** Returns the largest number of steps that a worker takes in the rounds over so many batches. */
    public int steps(int batches) {
        int size = workers * averagingFrequency;
        int rest = batches % size;
        int last = rest == 0 ? 0 : (rest + parts(rest) - 1) / parts(rest);
        return batches / size * averagingFrequency + last;
    }
}
