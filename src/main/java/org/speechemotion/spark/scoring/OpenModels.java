package org.speechemotion.spark.scoring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.speechemotion.model.EmotionModel;

/** Models that are open in an executor's JVM. A model serves one thread, so a task has one for itself until it ends. */
final class OpenModels {
    private static final Deque<Idle> IDLE = new ArrayDeque<>();

    private record Idle(String content, EmotionModel model) {}

    private OpenModels() {}

    /**
     * A model for the running task: one that an earlier task has left, or a new one.
     *
     * @param content SHA-256 of the model's bytes: what a model says of itself, its id for instance, is not proof that
     *     it is the same
     */
    static EmotionModel forTask(String content, Supplier<EmotionModel> opener) {
        EmotionModel model = take(content);
        EmotionModel mine = model == null ? opener.get() : model;
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> {
            // Not where it failed: who knows what state the model was left in.
            if (!task.isFailed()) {
                giveBack(new Idle(content, mine));
            }
        });
        return mine;
    }

    private static synchronized EmotionModel take(String content) {
        Iterator<Idle> latest = IDLE.descendingIterator();
        while (latest.hasNext()) {
            Idle idle = latest.next();
            if (idle.content.equals(content)) {
                latest.remove();
                return idle.model;
            }
        }
        return null;
    }

    /** No more are kept than can be used at a time. */
    private static synchronized void giveBack(Idle idle) {
        IDLE.addLast(idle);
        if (IDLE.size() > Runtime.getRuntime().availableProcessors()) {
            IDLE.removeFirst();
        }
    }
}
