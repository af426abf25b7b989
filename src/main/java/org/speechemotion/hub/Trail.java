package org.speechemotion.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * From where the hub has a file to where its bytes are, and what the hub said on the way: {@code X-Linked-ETag} and
 * {@code X-Linked-Size} describe a file that it keeps elsewhere, {@code X-Repo-Commit} is what the revision stands for.
 * Other hosts are not heard on that.
 */
final class Trail {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    private final URI start;
    private URI address;
    private boolean home = true;
    private Optional<ContentTag> linkedTag = Optional.empty();
    private OptionalLong linkedSize = OptionalLong.empty();
    private Optional<String> commit = Optional.empty();

    Trail(URI start) {
        this.start = start;
        address = start;
    }

    URI start() {
        return start;
    }

    URI address() {
        return address;
    }

    /** Whether no other host was on the trail yet; it is not home again where a redirect leads back. */
    boolean isHome() {
        return home;
    }

    Optional<ContentTag> linkedTag() {
        return linkedTag;
    }

    /** Whether the part that is there may still be of the file as it is now. */
    boolean mayResume(Partial partial) {
        return partial.isResumable() && (linkedTag.isEmpty() || linkedTag.equals(partial.identity()));
    }

    void note(HttpHeaders headers) {
        if (home) {
            linkedTag = headers.firstValue("X-Linked-ETag")
                    .flatMap(ContentTag::parse)
                    .or(() -> linkedTag);
            commit = headers.firstValue("X-Repo-Commit")
                    .filter(text -> COMMIT.matcher(text).matches())
                    .or(() -> commit);
            OptionalLong said = length(headers, "X-Linked-Size");
            linkedSize = said.isPresent() ? said : linkedSize;
        }
    }

    /**
     * Goes where a redirect leads.
     *
     * @throws HubException if that is no web address, or one without encryption after one with it
     */
    void follow(String location) throws HubException {
        URI next;
        try {
            next = address.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new HubException(start + " redirects to what is no address");
        }
        String scheme = scheme(next);
        if (location.isEmpty() || next.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new HubException(start + " redirects to what is no web address");
        }
        if (scheme(address).equals("https") && !scheme.equals("https")) {
            throw new HubException(start + " redirects from https to " + scheme + " at " + next.getHost());
        }
        home &= origin(next).equals(origin(start));
        address = next;
    }

    static OptionalLong length(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(text -> LENGTH.matcher(text).matches())
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** What is about to come, given the file's size as this response has it. */
    Answer answer(long first, OptionalLong size, HttpResponse<Body> response) {
        Optional<ContentTag> tag = response.headers().firstValue("ETag").flatMap(ContentTag::parse);
        return new Answer(
                first,
                size,
                linkedSize,
                linkedTag.or(() -> tag).filter(identity -> !identity.weak()),
                linkedTag.or(() -> home ? tag : Optional.empty()),
                commit,
                response.headers().firstValue("Content-Encoding").orElse("identity"),
                response.body());
    }

    private static String origin(URI address) {
        String scheme = scheme(address);
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + address.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static String scheme(URI address) {
        return String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    }
}
