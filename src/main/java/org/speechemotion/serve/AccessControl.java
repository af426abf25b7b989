package org.speechemotion.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * Lets requests through that have the token, if there is one, and that do not come from a page of another host. Without this,
 * any page that a user opens could use a service on the user's machine.
 */
final class AccessControl {
    private static final String BEARER = "Bearer ";
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Optional<String> token;
    private final boolean local;

    /** @param local whether the service listens on the loopback interface only */
    AccessControl(Optional<String> token, boolean local) {
        this.token = token;
        this.local = local;
    }

    /** Wraps a handler that needs no token, such as that of the page. */
    HttpHandler sameHost(HttpHandler next) {
        return exchange -> {
            if (isForeign(exchange)) {
                Json.error(exchange, 403, "forbidden", "the request comes from a page of another host");
            } else {
                next.handleRequest(exchange);
            }
        };
    }

    /** Wraps a handler that needs the token. */
    HttpHandler authorised(HttpHandler next) {
        return sameHost(exchange -> {
            if (isAllowedHeader(Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION)))) {
                next.handleRequest(exchange);
            } else {
                exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
                Json.error(exchange, 401, "unauthorized", "a bearer token is needed");
            }
        });
    }

    /** Returns whether the header {@code Authorization} has the right token. */
    boolean isAllowedHeader(Optional<String> header) {
        // The name of a scheme may be written in any case (RFC 9110, 11.1).
        return isAllowed(header.filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(text -> text.substring(BEARER.length()).strip())
                .orElse(""));
    }

    /** Returns whether a token is the right one; any is if none is needed. */
    boolean isAllowed(String given) {
        return token.map(needed -> MessageDigest.isEqual(
                        needed.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8)))
                .orElse(true);
    }

    private boolean isForeign(HttpServerExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        // The page of an attacker may also reach this machine under another name (DNS rebinding).
        if (local && (host == null || !LOCAL_NAMES.contains(host.replaceFirst(":\\d+$", "")))) {
            return true;
        }
        String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
        try {
            // The authority of the origin "null" is null, which is foreign too.
            return origin != null
                    && !String.valueOf(URI.create(origin).getAuthority()).equals(host);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
