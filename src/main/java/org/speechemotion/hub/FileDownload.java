package org.speechemotion.hub;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.speechemotion.common.FailureMessage;

/** Downloads one file over as many connections as necessary and gives it its final name once it is verified. */
final class FileDownload {
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final HubClient client;
    private final FetchSettings settings;
    private final FetchListener listener;
    private final FetchFolder folder;

    FileDownload(HubClient client, FetchSettings settings, FetchListener listener, FetchFolder folder) {
        this.client = client;
        this.settings = settings;
        this.listener = listener;
        this.folder = folder;
    }

    /**
     * Downloads the file.
     *
     * @param maxBytes the greatest allowed size in bytes
     * @return whether the hub has the file
     * @throws HubException if the content does not match the description of the hub
     */
    boolean run(Repository repository, String name, long maxBytes) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(repository, name, maxBytes);
            } catch (HubException | FileNotFoundException | FileSystemException e) {
                throw e;
            } catch (IOException e) {
                String reason = reason(e);
                if (attempt == settings.attempts()) {
                    throw new IOException(
                            name + ": " + reason + "; stopped after " + attempt
                                    + " attempts. The same command resumes the download",
                            e);
                }
                Duration wait = settings.retry(attempt);
                if (e instanceof HubUnavailableException busy
                        && busy.retryAfter().compareTo(wait) > 0) {
                    wait = busy.retryAfter().compareTo(MAX_WAIT) < 0 ? busy.retryAfter() : MAX_WAIT;
                }
                listener.retrying(name, reason, wait);
                Thread.sleep(wait.toMillis());
            }
        }
    }

    private boolean attempt(Repository repository, String name, long maxBytes)
            throws IOException, InterruptedException {
        Optional<HubResponse> found =
                client.get(folder.pinned(repository).file(settings.home(), name), folder.resumableBytes(name));
        if (found.isEmpty()) {
            return false;
        }
        try (HubResponse response = found.get()) {
            Optional<String> contradiction = response.contradiction();
            if (contradiction.isPresent()) {
                throw damaged(name, contradiction.get());
            }
            checkRoom(name, response, maxBytes);
            folder.begin(name, response);
            listener.begun(name, response.start(), response.total());
            receive(name, response, maxBytes);
            if (response.digest().isPresent()) {
                Optional<String> wrong = response.digest().get().contradiction(folder.part(name));
                if (wrong.isPresent()) {
                    HubException damaged = damaged(name, wrong.get());
                    if (response.start() > 0) { // an earlier part may be to blame, so another attempt starts over
                        throw new IOException(damaged.getMessage(), damaged);
                    }
                    throw damaged;
                }
            }
        }
        folder.finish(name);
        listener.fetched(name, Files.size(folder.file(name)));
        return true;
    }

    private void checkRoom(String name, HubResponse response, long maxBytes) throws IOException {
        long total = response.total().orElse(0);
        if (total > maxBytes) {
            throw damaged(name, "has " + total + " bytes; allowed: at most " + maxBytes);
        }
        Path part = folder.part(name);
        long room = Files.getFileStore(part.toAbsolutePath().getParent()).getUsableSpace();
        if (total - response.start() > room) {
            throw new FileSystemException(
                    part.toString(),
                    null,
                    (total - response.start()) + " bytes do not fit on the disk, which has " + room + " bytes left");
        }
    }

    private void receive(String name, HubResponse response, long maxBytes) throws IOException, InterruptedException {
        long limit = response.total().orElse(maxBytes);
        try (FileChannel part = open(folder.part(name))) {
            long received = part.size();
            for (Optional<List<ByteBuffer>> bytes = response.body().next();
                    bytes.isPresent();
                    bytes = response.body().next()) {
                for (ByteBuffer buffer : bytes.get()) {
                    received += buffer.remaining();
                    if (received > limit) {
                        throw damaged(name, "has too many bytes; allowed: at most " + limit);
                    }
                    write(buffer, part, name);
                }
                listener.received(name, received, response.total());
            }
            if (response.total().isPresent() && received < limit) {
                throw new IOException("the connection ended after " + received + " of " + limit + " bytes");
            }
        }
    }

    private static FileChannel open(Path part) throws IOException {
        return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Distinguishes a full disk from a failed connection, because another attempt would not help. */
    private void write(ByteBuffer buffer, FileChannel part, String name) throws FileSystemException {
        try {
            while (buffer.hasRemaining()) {
                part.write(buffer);
            }
        } catch (IOException e) {
            FileSystemException failure = new FileSystemException(
                    folder.part(name).toString(), null, "cannot be written: " + FailureMessage.of(e));
            failure.initCause(e);
            throw failure;
        }
    }

    private HubException damaged(String name, String why) throws IOException {
        folder.discard(name);
        return new HubException(settings.home() + ": " + name + " " + why);
    }

    private String reason(IOException e) {
        return e instanceof ConnectException ? "no connection to " + settings.home() : FailureMessage.of(e);
    }
}
