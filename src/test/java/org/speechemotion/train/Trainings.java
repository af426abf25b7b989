package org.speechemotion.train;

import java.util.Arrays;
import java.util.List;
import org.speechemotion.settings.Settings;

/** The section {@code training} as a user would set it. */
public final class Trainings {
    private Trainings() {}

    /** The defaults with these keys of the section changed, such as {@code epochs=2}. */
    public static TrainingSettings of(String... assignments) {
        return of(List.of(assignments));
    }

    static TrainingSettings of(List<String> assignments) {
        List<String> full = assignments.stream().map(key -> "training." + key).toList();
        return Settings.load(List.of(), full).bind("training", TrainingSettings.class);
    }

    /** These assignments and more; of the same key the later holds. */
    public static String[] and(String[] assignments, String... more) {
        String[] all = Arrays.copyOf(assignments, assignments.length + more.length);
        System.arraycopy(more, 0, all, assignments.length, more.length);
        return all;
    }
}
