package org.speechemotion.spark.scoring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The identity of an input: the first 128 bits of the SHA-256 of its path, size and time. Among a hundred million inputs, the
 * probability that any two have the same key is 1 in 10²².
 */
record InputKey(long high, long low) {

    /** Makes the keys of many inputs. It serves one thread. */
    static final class Maker {
        private final MessageDigest digest;

        Maker() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }

        /**
         * Makes a key.
         *
         * @param modified the time of the last change, in ms since 1970 UTC
         */
        InputKey of(String path, long bytes, long modified) {
            ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);
            digest.update(numbers.putLong(bytes).putLong(modified).array());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
            return new InputKey(hash.getLong(), hash.getLong());
        }
    }
}
