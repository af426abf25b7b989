package org.speechemotion.hub;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * The repository of a model at one revision.
 *
 * @param id {@code owner/name} by the rules of the hub: letters, digits and {@code _ . -}, without {@code --} and
 *     {@code ..}, and without {@code .} or {@code -} at either end of a part
 * @param revision a branch, a tag, a commit or {@code refs/pr/<number>}
 */
public record Repository(String id, String revision) {
    private static final int MAX_PART_LENGTH = 96;
    private static final int MAX_REVISION_LENGTH = 255;
    private static final Pattern ID = Pattern.compile("\\w([\\w.-]*\\w)?/\\w([\\w.-]*\\w)?");
    private static final Pattern REVISION = Pattern.compile("\\w[\\w.+-]*(/\\w[\\w.+-]*)*");

    /**
     * Validates both.
     *
     * @throws IllegalArgumentException if the hub does not allow either of them
     */
    public Repository {
        int slash = id.indexOf('/');
        if (!ID.matcher(id).matches()
                || id.contains("..")
                || id.contains("--")
                || id.endsWith(".git")
                || Math.max(slash, id.length() - slash - 1) > MAX_PART_LENGTH) {
            throw new IllegalArgumentException("the repository is '" + id + "'; allowed: owner/name, such as"
                    + " facebook/hubert-base-ls960, of letters, digits, '_', '.' and '-'");
        }
        checkRevision(revision);
    }

    static void checkRevision(String revision) {
        if (!REVISION.matcher(revision).matches()
                || revision.contains("..")
                || revision.length() > MAX_REVISION_LENGTH) {
            throw new IllegalArgumentException(
                    "revision is '" + revision + "'; allowed: a branch, a tag, a commit or refs/pr/<number>");
        }
    }

    Repository at(String otherRevision) {
        return new Repository(id, otherRevision);
    }

    /** Returns the address of a file; slashes in the revision are escaped. */
    URI file(URI endpoint, String name) {
        return URI.create(endpoint + "/" + id + "/resolve/" + revision.replace("/", "%2F") + "/" + name);
    }

    @Override
    public String toString() {
        return id + " at revision " + revision;
    }
}
