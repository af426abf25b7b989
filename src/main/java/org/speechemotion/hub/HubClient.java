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

/** Requests files from a hub. It follows redirects itself, because the token must be sent to the hub only. */
final class HubClient {
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

    private final FetchSettings settings;
    private final Optional<String> token;
    private final HttpClient client;

    HubClient(FetchSettings settings, Optional<String> token) {
        this.settings = settings;
        this.token = token;
        // HTTP/2 has no advantage for one file at a time.
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connect())
                .build();
    }

    /**
     * Requests a file from a byte on.
     *
     * @param from the offset of the first byte; a host may ignore it and send the whole file
     * @return empty if the hub does not have the file
     * @throws FileNotFoundException if the hub denies access to the file
     * @throws HubException if the response is invalid
     * @throws IOException if the connection fails or the hub is unavailable, so that another attempt may succeed
     */
    Optional<HubResponse> get(URI file, long from) throws IOException, InterruptedException {
        RedirectChain chain = new RedirectChain(file);
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<TimedBody> response = client.send(
                    request(chain, from), head -> new TimedBody(settings.stall(), settings.minimumBytesPerSecond()));
            chain.note(response.headers());
            int status = response.statusCode();
            Optional<HubResponse> found = status == 200
                    ? Optional.of(whole(chain, response))
                    : status == 206 && from > 0 ? rest(chain, response, from) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
            response.body().close();
            if (from > 0 && (status == 206 || status == 416)) {
                return get(file, 0);
            }
            if (status == 404 && chain.isAtHub()) {
                return Optional.empty();
            }
            if (!REDIRECTS.contains(status)) {
                throw refusal(chain, response);
            }
            chain.follow(response.headers().firstValue("Location").orElse(""));
        }
        throw new HubException(file + " redirects more than " + MAX_REDIRECTS + " times");
    }

    private HttpRequest request(RedirectChain chain, long from) {
        HttpRequest.Builder request = HttpRequest.newBuilder(chain.address())
                .timeout(settings.connect().plus(settings.stall()))
                .header("User-Agent", "speech-emotion-spark")
                .header("Accept-Encoding", "identity");
        if (chain.isAtHub()) {
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        }
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return request.build();
    }

    private static HubResponse whole(RedirectChain chain, HttpResponse<TimedBody> response) {
        return chain.response(0, RedirectChain.length(response.headers(), "Content-Length"), response);
    }

    /** Returns the missing bytes; empty if the response has other bytes than requested. */
    private static Optional<HubResponse> rest(RedirectChain chain, HttpResponse<TimedBody> response, long from) {
        Matcher range = CONTENT_RANGE.matcher(
                response.headers().firstValue("Content-Range").orElse(""));
        return range.matches() && Long.parseLong(range.group(1)) == from
                ? Optional.of(chain.response(from, OptionalLong.of(Long.parseLong(range.group(2))), response))
                : Optional.empty();
    }

    private IOException refusal(RedirectChain chain, HttpResponse<TimedBody> response) {
        int status = response.statusCode();
        String message = chain.address().getHost() + " answers " + status + " for " + chain.start();
        if (!chain.isAtHub() || status >= 500 || TEMPORARY.contains(status)) {
            return new HubUnavailableException(message, retryAfter(response.headers()));
        }
        return switch (status) {
            case 401 -> new FileNotFoundException(message
                    + (token.isPresent()
                            ? ": the token in HF_TOKEN has no access, or the repository does not exist"
                            : ": the repository does not exist, or it is private or gated; set HF_TOKEN to an"
                                    + " access token"));
            case 403 -> new FileNotFoundException(message
                    + ": the repository is gated; request access on its page and set HF_TOKEN to an access token");
            default -> new HubException(message);
        };
    }

    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }
}
