package org.speechemotion.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entity tag (RFC 9110, 8.8.3). A hub's own are digests: the SHA-256 of a large file, the git blob id of a small one.
 *
 * @param value what is between the quotes
 * @param weak whether it only promises an equivalent content, not an equal one
 */
record ContentTag(String value, boolean weak) {
    private static final Pattern HEADER = Pattern.compile("(W/)?\"?([\\x21\\x23-\\x7e]{1,200})\"?");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern GIT_BLOB = Pattern.compile("[0-9a-f]{40}");

    /** The tag that a header holds; a malformed one counts as none. */
    static Optional<ContentTag> parse(String header) {
        Matcher matcher = HEADER.matcher(header);
        return matcher.matches()
                ? Optional.of(new ContentTag(matcher.group(2), matcher.group(1) != null))
                : Optional.empty();
    }

    String header() {
        return (weak ? "W/" : "") + '"' + value + '"';
    }

    /** Why the file is not what the tag is a digest of; empty where it is, or where the tag is no digest. */
    Optional<String> contradiction(Path file) throws IOException {
        String found;
        if (SHA_256.matcher(value).matches()) {
            found = Digests.sha256(file);
        } else if (GIT_BLOB.matcher(value).matches()) {
            found = Digests.gitBlob(file);
        } else {
            return Optional.empty();
        }
        String kind = value.length() == 64 ? "SHA-256" : "git blob id";
        return found.equals(value)
                ? Optional.empty()
                : Optional.of("its " + kind + " is " + found + "; the hub says " + value);
    }
}
