package org.speechemotion.hub;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * A model's repository at one revision.
 *
 * @param id {@code owner/name}, by the rules of the hub: letters, digits, {@code _ . -}; neither {@code --} nor
 *     {@code ..}; no {@code .} or {@code -} at an end of either part
 * @param revision a branch, a tag, a commit or {@code refs/pr/<number>}
 */
public record Repository(String id, String revision) {
    private static final int LONGEST_PART = 96;
    private static final int LONGEST_REVISION = 255;
    private static final Pattern ID = Pattern.compile("\\w([\\w.-]*\\w)?/\\w([\\w.-]*\\w)?");
    private static final Pattern REVISION = Pattern.compile("\\w[\\w.+-]*(/\\w[\\w.+-]*)*");

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if either is not what a hub allows
     */
    public Repository {
        int slash = id.indexOf('/');
        if (!ID.matcher(id).matches()
                || id.contains("..")
                || id.contains("--")
                || id.endsWith(".git")
                || Math.max(slash, id.length() - slash - 1) > LONGEST_PART) {
            throw new IllegalArgumentException("the repository must be owner/name, such as facebook/hubert-base-ls960,"
                    + " of letters, digits, '_', '.' and '-', not '" + id + "'");
        }
        checkRevision(revision);
    }

    static void checkRevision(String revision) {
        if (!REVISION.matcher(revision).matches() || revision.contains("..") || revision.length() > LONGEST_REVISION) {
            throw new IllegalArgumentException(
                    "revision must be a branch, a tag, a commit or refs/pr/<number>, not '" + revision + "'");
        }
    }

    Repository at(String otherRevision) {
        return new Repository(id, otherRevision);
    }

    /** Where the hub has a file; a slash in the revision would read as the next folder. */
    URI file(URI endpoint, String name) {
        return URI.create(endpoint + "/" + id + "/resolve/" + revision.replace("/", "%2F") + "/" + name);
    }

    @Override
    public String toString() {
        return id + " at revision " + revision;
    }
}
