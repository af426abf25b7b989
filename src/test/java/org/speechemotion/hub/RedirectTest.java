package org.speechemotion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large files are on another host than the hub. */
class RedirectTest extends FetchTest {
    private HubServer store;
    private final String linked = "X-Linked-ETag: \"" + HubServer.sha256(weights) + "\"";

    @BeforeEach
    void startStore() throws IOException {
        store = new HubServer().put("blob", weights);
    }

    @AfterEach
    void stopStore() {
        store.close();
    }

    @Test
    void theTokenStaysWithTheHub() throws Exception {
        hub.next(WEIGHTS, HubServer.redirect(store.endpoint() + "/blob?signature=x", linked));
        fetch();
        assertFetched();
        assertThat(hub.seen(WEIGHTS).get(0).header("Authorization")).contains("Bearer secret");
        assertThat(store.seen()).singleElement().satisfies(seen -> assertThat(seen.header("Authorization"))
                .isEmpty());
    }

    @Test
    void aDroppedTokenIsNotSentAgain() throws Exception {
        hub.put("back", weights);
        hub.next(WEIGHTS, HubServer.redirect(store.endpoint() + "/blob"));
        store.next("blob", HubServer.redirect(hub.endpoint() + "/back"));
        fetch();
        assertFetched();
        assertThat(hub.seen("back").get(0).header("Authorization")).isEmpty();
    }

    @Test
    void theTokenFollowsRedirectsWithinTheHub() throws Exception {
        hub.put("elsewhere", weights);
        hub.next(WEIGHTS, HubServer.redirect("/cache/elsewhere"));
        fetch();
        assertFetched();
        assertThat(hub.seen("elsewhere").get(0).header("Authorization")).contains("Bearer secret");
    }

    @Test
    void resumesAfterAFailureOfTheStore() throws Exception {
        String location = store.endpoint() + "/blob";
        hub.next(WEIGHTS, HubServer.redirect(location, linked), HubServer.redirect(location, linked));
        store.next("blob", breakAfter(50_000));
        fetch();
        assertFetched();
        assertThat(store.seen().get(1).header("Range")).contains("bytes=50000-");
    }

    @Test
    void restartsIfTheHubHasAnotherFile() throws Exception {
        String location = store.endpoint() + "/blob";
        String old = "X-Linked-ETag: \"" + HubServer.sha256(content(SIZE, 7)) + "\"";
        hub.next(WEIGHTS, HubServer.redirect(location, old), HubServer.redirect(location, linked));
        store.next("blob", (exchange, content) -> breakAfter(50_000).answer(exchange, content(SIZE, 7)));
        fetch();
        assertFetched();
        assertThat(hub.seen(WEIGHTS))
                .extracting(seen -> seen.header("Range"))
                .containsExactly(Optional.empty(), Optional.of("bytes=50000-"), Optional.empty());
    }

    @Test
    void digestsAndSizesOfTheStoreAreIgnored() throws Exception {
        String wrong = "\"" + HubServer.sha256(content(10, 3)) + "\"";
        hub.next(WEIGHTS, HubServer.redirect(store.endpoint() + "/blob", linked, "X-Linked-Size: " + SIZE));
        store.next(
                "blob",
                HubServer.whole("ETag: " + wrong, "X-Linked-ETag: " + wrong, "X-Linked-Size: 7", "X-Repo-Commit: x"));
        fetch();
        assertFetched();
    }

    @Test
    void theStoreMustServeTheFileOfTheHub() throws Exception {
        store.put("blob", content(SIZE, 7));
        hub.next(WEIGHTS, HubServer.redirect(store.endpoint() + "/blob", linked));
        assertThatThrownBy(this::fetch).isInstanceOf(HubException.class).hasMessageContaining("SHA-256");
    }

    /** A signed address may have run out; the hub signs another. */
    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void asksTheHubAgainIfTheStoreRefuses(int status) throws Exception {
        hub.next(WEIGHTS, HubServer.redirect(store.endpoint() + "/blob", linked));
        store.next("blob", HubServer.status(status));
        fetch();
        assertFetched();
        assertThat(hub.seen(WEIGHTS)).hasSize(2);
    }

    @Test
    void redirectLoopsEnd() {
        HubServer.Misdeed ring = HubServer.redirect(hub.endpoint() + "/ring/" + WEIGHTS);
        hub.next(WEIGHTS, ring, ring, ring, ring, ring, ring, ring, ring);
        assertThatThrownBy(this::fetch).isInstanceOf(HubException.class).hasMessageContaining("more than 5 times");
        assertThat(hub.seen(WEIGHTS)).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:///etc/passwd", "ftp://host/x", "http:///x", "http://a b/", "mailto:x@y"})
    void rejectsInvalidAddresses(String location) {
        hub.next(WEIGHTS, HubServer.redirect(location));
        assertThatThrownBy(this::fetch).isInstanceOf(HubException.class).hasMessageContaining("redirects to an");
    }

    @Test
    void rejectsRedirectsToHttp() throws Exception {
        RedirectChain chain = new RedirectChain(URI.create("https://hub.example/x"));
        chain.follow("/y");
        assertThat(chain.isAtHub()).isTrue();
        chain.follow("https://HUB.example:443/z");
        assertThat(chain.isAtHub()).isTrue();
        assertThatThrownBy(() -> chain.follow("http://hub.example/y"))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("from https to http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://hub.example:8443/x", "https://hub.example.org/x", "https://example/x", "//other/x"})
    void anotherPortIsAnotherHost(String location) throws Exception {
        RedirectChain chain = new RedirectChain(URI.create("https://hub.example/x"));
        chain.follow(location);
        assertThat(chain.isAtHub()).isFalse();
    }
}
