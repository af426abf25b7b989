package org.speechemotion.audio;

/** Ends the reading of a file that gives no audio; {@link AudioDecoder} turns it into a {@link Decoding.Rejection}. */
final class RejectedException extends Exception {

    private final RejectionReason reason;

    RejectedException(RejectionReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    Decoding.Rejection rejection(String container) {
        return new Decoding.Rejection(reason, container + ": " + getMessage());
    }
}
