package org.speechemotion.audio;

/** Tells whether a content may have been scored already, in which case it need not be decoded again. */
public interface DuplicateFilter {
    /** A filter that contains nothing. */
    DuplicateFilter NONE = new DuplicateFilter() {
        @Override
        public boolean mightContainSize(long bytes) {
            return false;
        }

        @Override
        public boolean mightContain(String sha256) {
            return false;
        }
    };

    /** Returns whether a content of this size may have been scored; if not, a file need not be hashed before it is decoded. */
    boolean mightContainSize(long bytes);

    /** Returns whether the content with this SHA-256, of 64 hexadecimal digits, may have been scored. */
    boolean mightContain(String sha256);
}
