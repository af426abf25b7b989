package org.speechemotion.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The folder that a repository's files come into, locked against other fetches as long as it is open. */
final class FetchFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;
    private FetchRecord record;

    private FetchFolder(Path folder, FileChannel lock, FetchRecord record) {
        this.folder = folder;
        this.lock = lock;
        this.record = record;
    }

    /**
     * Opens the folder, makes it where there is none, and goes on where an earlier fetch ended.
     *
     * @throws FileAlreadyExistsException if the folder is another repository's
     * @throws HubException if another fetch is at work in it
     */
    static FetchFolder open(Path folder, Repository repository) throws IOException {
        Path notes = Files.createDirectories(folder.resolve(".fetch"));
        FileChannel channel =
                FileChannel.open(notes.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!locked(channel)) {
                throw new HubException("another fetch is at work in " + folder + ": wait for it, or end it");
            }
            Path file = notes.resolve("record.json");
            FetchRecord record = Files.exists(file) ? FetchRecord.read(file) : FetchRecord.of(repository);
            if (!record.repository().equals(repository.id())
                    || !record.revision().equals(repository.revision())) {
                throw new FileAlreadyExistsException(folder + " holds " + record.repository() + " at revision "
                        + record.revision() + ": choose another folder for " + repository + ", or delete it");
            }
            return new FetchFolder(folder, channel, record);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path part(String name) {
        return folder.resolve(name + ".part");
    }

    /** Whether an earlier fetch brought all there is; not whether it is still there. */
    boolean isComplete() {
        return record.complete();
    }

    /** The names of the files that are whole. */
    Set<String> files() {
        return record.files().keySet();
    }

    /** The commit that all files are of; {@code ""} where the hub does not say. */
    String commit() {
        return record.commit();
    }

    /**
     * Whether the file is there, whole and undamaged.
     *
     * @throws FileAlreadyExistsException if it is there, but was not fetched
     */
    boolean has(String name) throws IOException {
        FetchRecord.Content content = record.files().get(name);
        if (!Files.exists(file(name))) {
            return false;
        }
        if (content == null) {
            throw new FileAlreadyExistsException(
                    file(name) + " is there already, and is not of a fetch: choose another folder, or delete it");
        }
        return Files.size(file(name)) == content.bytes()
                && Digests.sha256(file(name)).equals(content.sha256());
    }

    /** What is there of a file that is not whole. */
    Partial partial(String name) throws IOException {
        String tag = record.partial().get(name);
        return tag == null || !Files.isRegularFile(part(name))
                ? Partial.NONE
                : new Partial(Files.size(part(name)), ContentTag.parse(tag));
    }

    /** Notes what a transfer is about to bring, before its first byte: a part of unknown content would be of no use. */
    void begin(String name, Answer answer) throws IOException {
        if (record.commit().isEmpty() && answer.commit().isPresent()) {
            record = record.withCommit(answer.commit().get());
        }
        if (answer.start() == 0) {
            Files.deleteIfExists(part(name));
        }
        save(record.withPartial(name, answer.identity().map(ContentTag::header).orElse("")));
    }

    /** Gives a whole, checked file its name; a crash in between leaves a part, which is fetched anew. */
    void finish(String name) throws IOException {
        FetchRecord.Content content = new FetchRecord.Content(Files.size(part(name)), Digests.sha256(part(name)));
        save(record.withFile(name, content));
        Files.move(part(name), file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void discard(String name) throws IOException {
        Files.deleteIfExists(part(name));
    }

    void complete() throws IOException {
        save(record.completed());
    }

    /** The repository at the commit that the first answer named, so that a branch that moves on mixes no files. */
    Repository pinned(Repository repository) {
        return record.commit().isEmpty() ? repository : repository.at(record.commit());
    }

    private void save(FetchRecord changed) throws IOException {
        changed.write(folder.resolve(".fetch").resolve("record.json"));
        record = changed;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
