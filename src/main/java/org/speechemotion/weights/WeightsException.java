package org.speechemotion.weights;

/**
 * Reports weights that are damaged, malicious or of another model. The message names the file and the reason in one printable
 * line, whatever the file contains.
 */
public final class WeightsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 1000;

    public WeightsException(String message) {
        super(line(message));
    }

    public WeightsException(String message, Throwable cause) {
        super(line(message), cause);
    }

    private static String line(String message) {
        String cut = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) + "…" : message;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]", "?");
    }
}
