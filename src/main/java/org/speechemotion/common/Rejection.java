package org.speechemotion.common;

import java.io.Serializable;

/**
 * The reason why an input gives no result. Everything that rejects inputs (decoders, archives, corpora, scoring) says so
 * with this type.
 *
 * @param code the kind of reason, in kebab-case, by which rejections are counted
 * @param message a text for people: the place, the value found and the values allowed
 */
public record Rejection(String code, String message) implements Serializable {
    /** Returns this rejection with the place of the input before its message. */
    public Rejection at(String place) {
        return new Rejection(code, place + ": " + message);
    }

    /** Returns the code, a colon, a space and the message, the form in a single column of a table. */
    public String text() {
        return code + ": " + message;
    }

    /** Returns a line for the console about a rejected input. */
    public String line(String input) {
        return input + ": rejected (" + code + "): " + message;
    }
}
