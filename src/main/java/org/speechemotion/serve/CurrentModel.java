package org.speechemotion.serve;

import java.util.function.Supplier;

/** The model that new requests use. Requests that have begun keep theirs when it is replaced. It is thread-safe. */
final class CurrentModel {
    private final Supplier<ServedModel> opener;
    private final Object reloading = new Object();
    private volatile ServedModel current;

    /** Opens the first model. */
    CurrentModel(Supplier<ServedModel> opener) {
        this.opener = opener;
        current = opener.get();
    }

    /** Begins a use of the current model, which the caller must release. */
    ServedModel acquire() {
        while (true) {
            ServedModel model = current;
            if (model.acquire()) {
                return model;
            }
        }
    }

    /** Opens the model again, and offers it instead; if it cannot be opened, the present one stays. */
    ServedModel reload() {
        synchronized (reloading) {
            ServedModel next = opener.get();
            ServedModel previous = current;
            current = next;
            previous.release();
            return next;
        }
    }

    /** Closes the model after its last use. */
    void close() {
        current.release();
    }
}
