package org.speechemotion.weights;

/**
 * A checkpoint that is not what it must be: damaged, hostile, or of another model. The message says which file and why,
 * in one printable line whatever the file holds.
 */
public final class WeightsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 1000;

    public WeightsException(String message) {
        super(line(message));
    }

    public WeightsException(String message, Throwable cause) {
        super(line(message), cause);
    }

    private static String line(String message) {
        String cut = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]", "?");
    }
}
