package org.speechemotion.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.speechemotion.common.Sha256;

/**
 * An entity tag (RFC 9110, 8.8.3). Those of a hub are digests: the SHA-256 of a large file, or the git blob ID of a small one.
 *
 * @param value the text between the quotes
 */
record EntityTag(String value) {
    private static final Pattern HEADER = Pattern.compile("(?:W/)?\"?([\\x21\\x23-\\x7e]{1,200})\"?");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern GIT_BLOB = Pattern.compile("[0-9a-f]{40}");

    /** Parses a header; a malformed tag is ignored. */
    static Optional<EntityTag> parse(String header) {
        Matcher matcher = HEADER.matcher(header);
        return matcher.matches() ? Optional.of(new EntityTag(matcher.group(1))) : Optional.empty();
    }

    /** Returns the mismatch between a file and the digest in this tag; empty if they match or the tag is not a digest. */
    Optional<String> contradiction(Path file) throws IOException {
        String found;
        if (SHA_256.matcher(value).matches()) {
            found = Sha256.of(file);
        } else if (GIT_BLOB.matcher(value).matches()) {
            found = GitBlob.idOf(file);
        } else {
            return Optional.empty();
        }
        String kind = value.length() == 64 ? "SHA-256" : "git blob ID";
        return found.equals(value)
                ? Optional.empty()
                : Optional.of("its " + kind + " is " + found + "; expected by the hub: " + value);
    }
}
