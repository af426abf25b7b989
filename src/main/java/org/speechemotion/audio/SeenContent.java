package org.speechemotion.audio;

/** Contents that need not be decoded once more. */
public interface SeenContent {
    /** None. */
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

    /** Whether one of them may have so many bytes. Where none has, a file need not be hashed before it is decoded. */
    boolean mayHaveSize(long bytes);

    /** Whether one of them may have this SHA-256, of 64 hexadecimal digits. */
    boolean mayHave(String sha256);
}
