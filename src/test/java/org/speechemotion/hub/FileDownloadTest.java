package org.speechemotion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The weights, over connections that break and from hubs that lie. */
class FileDownloadTest extends FetchTest {
    private final String tag = HubServer.quoted(HubServer.gitBlob(weights));

    @Test
    void resumesABrokenConnection() throws Exception {
        hub.next(WEIGHTS, breakAfter(50_000), breakAfter(60_000));

        fetch();
        assertFetched();
        assertThat(hub.seen(WEIGHTS))
                .extracting(seen -> seen.header("Range"))
                .containsExactly(Optional.empty(), Optional.of("bytes=50000-"), Optional.of("bytes=110000-"));
    }

    @Test
    void aLaterFetchResumes() throws Exception {
        hub.next(WEIGHTS, breakAfter(50_000));
        assertThatThrownBy(() -> fetch(once()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HubException.class)
                .hasMessageContaining("stopped after 1 attempts");
        assertThat(names()).containsExactly("config.json", WEIGHTS + ".part", "preprocessor_config.json");
        assertThat(part()).isEqualTo(50_000);

        fetch();
        assertFetched();
        assertThat(heard.events).contains("begun " + WEIGHTS + " at 50000");
    }

    @Test
    void restartsIfTheHubIgnoresRanges() throws Exception {
        hub.next(WEIGHTS, breakAfter(50_000), HubServer.whole("ETag: " + tag));
        fetch();
        assertFetched();
        assertThat(heard.events).endsWith("begun " + WEIGHTS + " at 0", "fetched " + WEIGHTS + " of " + SIZE);
    }

    @Test
    void restartsIfTheFileHasChanged() throws Exception {
        byte[] old = content(SIZE, 7);
        hub.next(WEIGHTS, (exchange, content) -> breakAfter(50_000).answer(exchange, old));
        fetch();
        assertFetched();
        assertThat(hub.seen(WEIGHTS))
                .extracting(seen -> seen.header("Range"))
                .containsExactly(Optional.empty(), Optional.of("bytes=50000-"), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes 0-199999/200000", "bytes 50001-199999/200000", "items 1-2/3", "bytes 50000-199999/*"})
    void restartsAfterAWrongRange(String range) throws Exception {
        hub.next(WEIGHTS, breakAfter(50_000), partial(range, tag));
        fetch();
        assertFetched();
        assertThat(hub.seen(WEIGHTS)).hasSize(3);
    }

    @Test
    void restartsIfTheRestIsOfAnotherFile() throws Exception {
        hub.next(
                WEIGHTS,
                breakAfter(50_000),
                partial("bytes 50000-199999/200000", HubServer.quoted(HubServer.gitBlob(content(10, 3)))));
        fetch();
        assertFetched();
        assertThat(hub.seen(WEIGHTS)).hasSize(3);
    }

    @Test
    void restartsIfNothingIsLeft() throws Exception {
        hub.next(WEIGHTS, breakAfter(50_000), HubServer.status(416));
        fetch();
        assertFetched();
    }

    @Test
    void doesNotResumeWithoutACommit() throws Exception {
        hub.next("config.json", HubServer.whole());
        hub.next("preprocessor_config.json", HubServer.whole());
        hub.next(WEIGHTS, breakAfter(50_000));
        fetch();
        assertFetched();
        assertThat(hub.seen(WEIGHTS).get(1).header("Range")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void retriesIfTheHubIsBusy(int status) throws Exception {
        hub.next(WEIGHTS, HubServer.status(status), HubServer.status(status, "Retry-After: 0"));
        fetch();
        assertFetched();
        assertThat(heard.events)
                .filteredOn(event -> event.startsWith("retrying"))
                .hasSize(2);
    }

    @Test
    void givesUpAfterItsAttempts() throws Exception {
        hub.next(WEIGHTS, busy(), busy(), busy(), busy(), busy());
        assertThatThrownBy(this::fetch).hasMessageContaining("stopped after 4 attempts");
        assertThat(hub.seen(WEIGHTS)).hasSize(4);
    }

    @Test
    void stalledConnectionsAreClosed() throws Exception {
        hub.next(WEIGHTS, hub.stallAfter(50_000, SIZE));
        fetch(Fetches.of(hub.endpoint(), "attempts=2", "stall-seconds=1"));
        assertFetched();
        assertThat(heard.events)
                .contains("retrying " + WEIGHTS + ": no bytes for 1.0 s", "begun " + WEIGHTS + " at 50000");
    }

    @Test
    void tooSlowConnectionsAreClosed() throws Exception {
        hub.next(WEIGHTS, hub.trickle(Duration.ofMillis(50), SIZE));
        fetch(Fetches.of(hub.endpoint(), "attempts=2", "stall-seconds=0.5", "minimum-bytes-per-second=1000"));
        assertFetched();
        assertThat(heard.events)
                .filteredOn(event -> event.startsWith("retrying"))
                .singleElement()
                .asString()
                .matches("retrying " + WEIGHTS
                        + ": \\d{1,2} bytes in 0\\.\\d s; allowed: at least fetch.minimum-bytes-per-second,"
                        + " which is 1000");
        // The bytes that did come are not asked for again.
        assertThat(hub.seen(WEIGHTS).get(1).header("Range")).get().asString().matches("bytes=[1-9]\\d?-");
    }

    @Test
    void slowConnectionsAboveTheMinimumRateAreKept() throws Exception {
        byte[] small = content(40, 3);
        hub.put(WEIGHTS, small).next(WEIGHTS, hub.trickle(Duration.ofMillis(25), small.length));
        fetch(Fetches.of(hub.endpoint(), "attempts=1", "stall-seconds=0.3", "minimum-bytes-per-second=2"));
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(small);
        assertThat(hub.seen(WEIGHTS)).hasSize(1);
    }

    @Test
    void anUnreachableHubIsNamed() {
        hub.close();
        assertThatThrownBy(() -> fetch(once())).hasMessageContaining("no connection to " + hub.endpoint());
    }

    @Test
    void rejectsFilesThatAreTooShort() throws Exception {
        assertRefused("is sent with 200000 bytes", HubServer.whole("X-Linked-Size: 200001"));
    }

    @Test
    void rejectsFilesThatAreTooLong() throws Exception {
        assertRefused("has too many bytes; allowed: at most 1000", (exchange, content) -> {
            exchange.getResponseHeaders().set("X-Linked-Size", "1000");
            HubServer.send(exchange, 200, content, 0);
        });
    }

    @Test
    void aBodyThatEndsEarlyIsABrokenConnection() throws Exception {
        hub.next(WEIGHTS, (exchange, content) -> {
            exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(SIZE));
            HubServer.send(exchange, 200, new byte[1000], 0);
        });
        assertThatThrownBy(() -> fetch(once())).hasMessageContaining("ended after 1000 of 200000 bytes");
    }

    @Test
    void refusesAnEndlessBody() throws Exception {
        assertRefused("has too many bytes; allowed: at most 1000000", HubServer.endless());
    }

    @Test
    void refusesALargeFileUnread() throws Exception {
        assertRefused("has 1000001 bytes; allowed: at most 1000000", hub.stallAfter(0, 1_000_001));
    }

    @Test
    void aConfigurationIsSmall() {
        hub.next("config.json", HubServer.endless());
        assertThatThrownBy(this::fetch)
                .isInstanceOf(HubException.class)
                .hasMessageContaining("allowed: at most 4194304");
    }

    @Test
    void refusesAWrongSha256() throws Exception {
        String wrong = HubServer.sha256(content(10, 3));
        assertRefused(
                "its SHA-256 is " + HubServer.sha256(weights), HubServer.whole("X-Linked-ETag: \"" + wrong + "\""));
        assertRefused("expected by the hub: " + wrong, HubServer.whole("ETag: \"" + wrong + "\""));
    }

    @Test
    void refusesAWrongGitBlob() throws Exception {
        assertRefused("its git blob ID is", HubServer.whole("ETag: W/\"" + HubServer.COMMIT + "\""));
    }

    @Test
    void refusesAnEncodedBody() throws Exception {
        assertRefused("has the content encoding gzip; allowed: identity", HubServer.whole("Content-Encoding: gzip"));
    }

    @Test
    void aFullDiskIsAPlainError() throws Exception {
        long huge = 1L << 58;
        hub.next(WEIGHTS, hub.stallAfter(0, huge));
        FetchSettings settings = Fetches.of(hub.endpoint(), "attempts=4", "maximum-bytes=" + Long.MAX_VALUE);
        assertThatThrownBy(() -> fetch(settings))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(huge + " bytes do not fit");
        assertThat(hub.seen(WEIGHTS)).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeWrittenIsAPlainError() throws Exception {
        Files.createDirectories(folder.resolve(WEIGHTS + ".part").resolve("inside"));
        assertThatThrownBy(this::fetch).isInstanceOf(FileSystemException.class).hasMessageContaining(".part");
        assertThat(hub.seen(WEIGHTS)).hasSize(1);
    }

    @Test
    void anInterruptedFetchLeavesAPart() throws Exception {
        hub.next(WEIGHTS, hub.stallAfter(50_000, SIZE));
        FetchListener impatient = new Heard() {
            @Override
            public void received(String file, long bytes, OptionalLong total) {
                if (file.equals(WEIGHTS) && bytes == 50_000) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        assertThatThrownBy(() -> new EncoderFetch(settings(), Optional.empty()).fetch(REPOSITORY, folder, impatient))
                .isInstanceOf(InterruptedException.class);
        assertThat(names()).containsExactly("config.json", WEIGHTS + ".part", "preprocessor_config.json");

        fetch();
        assertFetched();
        assertThat(heard.events).contains("begun " + WEIGHTS + " at 50000");
    }

    /** Refused at the first answer, and nothing of it stays. */
    private void assertRefused(String why, HubServer.Misdeed misdeed) throws Exception {
        int before = hub.seen(WEIGHTS).size();
        hub.next(WEIGHTS, misdeed);
        assertThatThrownBy(this::fetch).isInstanceOf(HubException.class).hasMessageContaining(why);
        assertThat(hub.seen(WEIGHTS)).hasSize(before + 1);
        assertThat(names()).containsExactly("config.json", "preprocessor_config.json");
    }

    private static HubServer.Misdeed partial(String range, String tag) {
        return (exchange, content) -> {
            exchange.getResponseHeaders().set("Content-Range", range);
            exchange.getResponseHeaders().set("ETag", tag);
            HubServer.send(exchange, 206, new byte[150_000], 150_000);
        };
    }

    private static HubServer.Misdeed busy() {
        return HubServer.status(503);
    }

    private FetchSettings once() {
        return Fetches.of(hub.endpoint(), "attempts=1", "maximum-bytes=1000000");
    }
}
