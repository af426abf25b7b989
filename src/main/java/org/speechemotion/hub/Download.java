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

/** Brings one file, over as many connections as it takes, and gives it its name once it is checked. */
final class Download {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final HubClient client;
    private final FetchSettings settings;
    private final FetchListener listener;
    private final FetchFolder folder;

    Download(HubClient client, FetchSettings settings, FetchListener listener, FetchFolder folder) {
        this.client = client;
        this.settings = settings;
        this.listener = listener;
        this.folder = folder;
    }

    /**
     * Brings the file.
     *
     * @param most bytes it may have
     * @return whether the hub has it
     * @throws HubException if what comes is not what the hub says it is
     */
    boolean bring(Repository repository, String name, long most) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(repository, name, most);
            } catch (HubException | FileNotFoundException | FileSystemException e) {
                throw e;
            } catch (IOException e) {
                String reason = reason(e);
                if (attempt == settings.attempts()) {
                    throw new IOException(
                            name + ": " + reason + "; given up after " + attempt
                                    + " attempts. The same command goes on where this one ended",
                            e);
                }
                Duration wait = settings.retry(attempt);
                if (e instanceof BusyException busy && busy.retryAfter().compareTo(wait) > 0) {
                    wait = busy.retryAfter().compareTo(LONGEST_WAIT) < 0 ? busy.retryAfter() : LONGEST_WAIT;
                }
                listener.retrying(name, reason, wait);
                Thread.sleep(wait.toMillis());
            }
        }
    }

    private boolean attempt(Repository repository, String name, long most) throws IOException, InterruptedException {
        Optional<Answer> found =
                client.get(folder.pinned(repository).file(settings.home(), name), folder.partial(name));
        if (found.isEmpty()) {
            return false;
        }
        try (Answer answer = found.get()) {
            Optional<String> contradiction = answer.contradiction();
            if (contradiction.isPresent()) {
                throw damaged(name, contradiction.get());
            }
            checkRoom(name, answer, most);
            folder.begin(name, answer);
            listener.begun(name, answer.start(), answer.total());
            receive(name, answer, most);
            if (answer.digest().isPresent()) {
                Optional<String> wrong = answer.digest().get().contradiction(folder.part(name));
                if (wrong.isPresent()) {
                    throw damaged(name, wrong.get());
                }
            }
        }
        folder.finish(name);
        listener.fetched(name, Files.size(folder.file(name)));
        return true;
    }

    private void checkRoom(String name, Answer answer, long most) throws IOException {
        long total = answer.total().orElse(0);
        if (total > most) {
            throw damaged(name, "has " + total + " bytes; allowed are " + most);
        }
        Path part = folder.part(name);
        long room = Files.getFileStore(part.toAbsolutePath().getParent()).getUsableSpace();
        if (total - answer.start() > room) {
            throw new FileSystemException(
                    part.toString(), null, (total - answer.start()) + " bytes do not fit; there is room for " + room);
        }
    }

    private void receive(String name, Answer answer, long most) throws IOException, InterruptedException {
        long limit = answer.total().orElse(most);
        try (FileChannel part = open(folder.part(name))) {
            long there = part.size();
            for (Optional<List<ByteBuffer>> bytes = answer.body().next();
                    bytes.isPresent();
                    bytes = answer.body().next()) {
                for (ByteBuffer piece : bytes.get()) {
                    there += piece.remaining();
                    if (there > limit) {
                        throw damaged(name, "has more than " + limit + " bytes");
                    }
                    write(piece, part, name);
                }
                listener.received(name, there, answer.total());
            }
            if (answer.total().isPresent() && there < limit) {
                throw new IOException("the connection ended after " + there + " of " + limit + " bytes");
            }
        }
    }

    private static FileChannel open(Path part) throws IOException {
        return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** A full disk is told apart from a broken connection: another attempt would not help. */
    private void write(ByteBuffer piece, FileChannel part, String name) throws FileSystemException {
        try {
            while (piece.hasRemaining()) {
                part.write(piece);
            }
        } catch (IOException e) {
            FileSystemException failure =
                    new FileSystemException(folder.part(name).toString(), null, "cannot be written: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    private HubException damaged(String name, String why) throws IOException {
        folder.discard(name);
        return new HubException(settings.home() + ": " + name + " " + why);
    }

    private String reason(IOException e) {
        return e instanceof ConnectException
                ? "no connection to " + settings.home()
                : e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
