package org.speechemotion.spark.scoring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.speechemotion.model.EmotionModel;

/** A pool of the models that are open in an executor's JVM. A model serves one thread, so a task borrows one until it ends. */
final class ModelPool {
    private static final Deque<Idle> IDLE = new ArrayDeque<>();

    private record Idle(String content, EmotionModel model) {}

    private ModelPool() {}

    /**
     * Returns a model for the running task: one that an earlier task has returned, or a new one.
     *
     * @param content SHA-256 of the model's bytes; an id inside the model would not prove that two models are the same
     */
    static EmotionModel forTask(String content, Supplier<EmotionModel> opener) {
        EmotionModel model = take(content);
        EmotionModel mine = model == null ? opener.get() : model;
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> {
            // A failed task may have left the model in any state.
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

    /** Returns a model; no more are kept than tasks can run at a time. */
    private static synchronized void giveBack(Idle idle) {
        IDLE.addLast(idle);
        if (IDLE.size() > Runtime.getRuntime().availableProcessors()) {
            IDLE.removeFirst();
        }
    }
}
