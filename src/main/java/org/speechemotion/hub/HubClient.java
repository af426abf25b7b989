package org.speechemotion.hub;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a hub for files, and follows it to where they are. Redirects are followed by hand, because the token is for the
 * hub alone.
 */
final class HubClient {
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> BUSY = Set.of(408, 425, 429);
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

    private final FetchSettings settings;
    private final Optional<String> token;
    private final HttpClient client;

    HubClient(FetchSettings settings, Optional<String> token) {
        this.settings = settings;
        this.token = token;
        // One file at a time: HTTP/2 would bring nothing.
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connect())
                .build();
    }

    /**
     * Asks for a file, or for what is missing of it.
     *
     * @return empty if the hub has no such file
     * @throws FileNotFoundException if the hub does not let the user have it
     * @throws HubException if it answers as no hub does
     * @throws IOException if the connection breaks or the hub is busy: another attempt may succeed
     */
    Optional<Answer> get(URI file, Partial partial) throws IOException, InterruptedException {
        Trail trail = new Trail(file);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            boolean resuming = trail.mayResume(partial);
            HttpResponse<Body> response = client.send(
                    request(trail, partial, resuming),
                    head -> new Body(settings.stall(), settings.minimumBytesPerSecond()));
            trail.note(response.headers());
            int status = response.statusCode();
            Optional<Answer> answer = status == 200
                    ? Optional.of(whole(trail, response))
                    : status == 206 && resuming ? rest(trail, response, partial) : Optional.empty();
            if (answer.isPresent()) {
                return answer;
            }
            response.body().close();
            if (resuming && (status == 206 || status == 416)) {
                return get(file, Partial.NONE);
            }
            if (status == 404 && trail.isHome()) {
                return Optional.empty();
            }
            if (!REDIRECTS.contains(status)) {
                throw refusal(trail, response);
            }
            trail.follow(response.headers().firstValue("Location").orElse(""));
        }
        throw new HubException(file + " redirects more than " + MOST_REDIRECTS + " times");
    }

    private HttpRequest request(Trail trail, Partial partial, boolean resuming) {
        HttpRequest.Builder request = HttpRequest.newBuilder(trail.address())
                .timeout(settings.connect().plus(settings.stall()))
                .header("User-Agent", "speech-emotion-spark")
                .header("Accept-Encoding", "identity");
        if (trail.isHome()) {
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        }
        if (resuming) {
            request.header("Range", "bytes=" + partial.bytes() + "-");
            // What it is redirected to has tags of its own; there, the hub has said already that nothing changed.
            if (trail.linkedTag().isEmpty()) {
                request.header("If-Range", partial.identity().orElseThrow().header());
            }
        }
        return request.build();
    }

    private static Answer whole(Trail trail, HttpResponse<Body> response) {
        return trail.answer(0, Trail.length(response.headers(), "Content-Length"), response);
    }

    /** The missing bytes; empty where these are others than were asked for. */
    private static Optional<Answer> rest(Trail trail, HttpResponse<Body> response, Partial partial) {
        Matcher range = CONTENT_RANGE.matcher(
                response.headers().firstValue("Content-Range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != partial.bytes()) {
            return Optional.empty();
        }
        Answer answer = trail.answer(partial.bytes(), OptionalLong.of(Long.parseLong(range.group(2))), response);
        return answer.identity().equals(partial.identity()) ? Optional.of(answer) : Optional.empty();
    }

    private IOException refusal(Trail trail, HttpResponse<Body> response) {
        int status = response.statusCode();
        String what = trail.address().getHost() + " answers " + status + " for " + trail.start();
        if (!trail.isHome() || status >= 500 || BUSY.contains(status)) {
            return new BusyException(what, retryAfter(response.headers()));
        }
        return switch (status) {
            case 401 -> new FileNotFoundException(
                    what
                            + (token.isPresent()
                                    ? ": the token in HF_TOKEN does not open it, or there is no such repository"
                                    : ": there is no such repository, or it is private or gated: set HF_TOKEN to an access token"));
            case 403 -> new FileNotFoundException(what
                    + ": the repository is gated; ask for access on its page, and set HF_TOKEN to an access token");
            default -> new HubException(what);
        };
    }

    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }
}
