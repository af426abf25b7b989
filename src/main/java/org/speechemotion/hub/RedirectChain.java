package org.speechemotion.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The redirects from the address of a file at the hub to the address of its content, and the headers of the hub on the way:
 * {@code X-Linked-ETag} and {@code X-Linked-Size} describe a file that is stored elsewhere, and {@code X-Repo-Commit} is the
 * commit of the revision. These headers are ignored from other hosts.
 */
final class RedirectChain {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    private final URI start;
    private URI address;
    private boolean atHub = true;
    private Optional<EntityTag> linkedTag = Optional.empty();
    private OptionalLong linkedSize = OptionalLong.empty();
    private Optional<String> commit = Optional.empty();

    RedirectChain(URI start) {
        this.start = start;
        address = start;
    }

    URI start() {
        return start;
    }

    URI address() {
        return address;
    }

    /** Returns whether every redirect stayed at the hub; a redirect back from another host does not count. */
    boolean isAtHub() {
        return atHub;
    }

    void note(HttpHeaders headers) {
        if (atHub) {
            linkedTag = headers.firstValue("X-Linked-ETag")
                    .flatMap(EntityTag::parse)
                    .or(() -> linkedTag);
            commit = headers.firstValue("X-Repo-Commit")
                    .filter(text -> COMMIT.matcher(text).matches())
                    .or(() -> commit);
            OptionalLong said = length(headers, "X-Linked-Size");
            linkedSize = said.isPresent() ? said : linkedSize;
        }
    }

    /**
     * Follows a redirect.
     *
     * @throws HubException if the target is not a web address, or leaves https for http
     */
    void follow(String location) throws HubException {
        URI next;
        try {
            next = address.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new HubException(start + " redirects to an invalid address");
        }
        String scheme = scheme(next);
        if (location.isEmpty() || next.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new HubException(start + " redirects to an address that is not http or https");
        }
        if (scheme(address).equals("https") && !scheme.equals("https")) {
            throw new HubException(start + " redirects from https to " + scheme + " at " + next.getHost());
        }
        atHub &= origin(next).equals(origin(start));
        address = next;
    }

    static OptionalLong length(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(text -> LENGTH.matcher(text).matches())
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** Describes a response, given the size of the file according to it. */
    HubResponse response(long first, OptionalLong size, HttpResponse<TimedBody> response) {
        Optional<EntityTag> tag = response.headers().firstValue("ETag").flatMap(EntityTag::parse);
        return new HubResponse(
                first,
                size,
                linkedSize,
                linkedTag.or(() -> atHub ? tag : Optional.empty()),
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
