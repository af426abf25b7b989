package org.speechemotion.audio;

/** Known contents that need not be decoded again. */
public interface SeenContent {
    /** No known contents. */
    SeenContent NONE = new SeenContent() {
        @Override
        public boolean mayHaveSize(long bytes) {
            return false;
        }

        @Override
        public boolean mayHave(String sha256) {
            return false;
        }
    };

    /**
     * Returns whether a known content may have a size in bytes. If none has, a file need not be hashed before it is
     * decoded.
     */
    boolean mayHaveSize(long bytes);

    /** Returns whether a known content may have a SHA-256 of 64 hexadecimal digits. */
    boolean mayHave(String sha256);
}
