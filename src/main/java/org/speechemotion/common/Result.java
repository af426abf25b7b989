package org.speechemotion.common;

import java.io.Serializable;
import java.util.function.Function;

/**
 * A value, or the reason why there is none.
 *
 * @param <T> the type of the value; results are serializable where it is
 */
public sealed interface Result<T> extends Serializable {

    /** The input was accepted and gave a value. */
    record Accepted<T>(T value) implements Result<T> {}

    /** The input was rejected. */
    record Rejected<T>(Rejection rejection) implements Result<T> {}

    static <T> Result<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Result<T> rejected(Rejection rejection) {
        return new Rejected<>(rejection);
    }

    /** Applies a function to the value; a rejection is returned unchanged. */
    default <U> Result<U> map(Function<? super T, ? extends U> function) {
        return fold(value -> accepted(function.apply(value)), Result::rejected);
    }

    /** Applies a function that may reject the value; a rejection is returned unchanged. */
    default <U> Result<U> flatMap(Function<? super T, Result<U>> function) {
        return fold(function, Result::rejected);
    }

    /** Returns the value of one of two functions, for an accepted or a rejected input. */
    default <R> R fold(Function<? super T, ? extends R> accepted, Function<Rejection, ? extends R> rejected) {
        if (this instanceof Accepted<T> result) {
            return accepted.apply(result.value);
        }
        return rejected.apply(((Rejected<T>) this).rejection);
    }

    /** Returns whether the input was rejected. */
    default boolean isRejected() {
        return this instanceof Rejected<T>;
    }

    /**
     * Returns the value.
     *
     * @param failure creates the exception that is thrown if there is no value
     */
    default <X extends Exception> T orElseThrow(Function<Rejection, X> failure) throws X {
        if (this instanceof Accepted<T> result) {
            return result.value;
        }
        throw failure.apply(((Rejected<T>) this).rejection);
    }

    /**
     * Returns the value if a rejection would be a defect of the program.
     *
     * @throws IllegalStateException if there is none
     */
    default T orElseThrow() {
        return orElseThrow(rejection -> new IllegalStateException(rejection.text()));
    }
}
