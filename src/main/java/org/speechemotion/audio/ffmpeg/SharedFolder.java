package org.speechemotion.audio.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.Sha256;
import org.speechemotion.common.TemporaryFiles;

/**
 * A folder of executable files that all processes of a user on a machine share. It appears complete, by one renaming. A
 * folder that belongs to another user, or whose files differ, is not used; the process then uses a private folder.
 */
final class SharedFolder {

    /**
     * A file of the folder.
     *
     * @param crc its CRC-32
     */
    record Member(String name, long bytes, long crc, Content content) {}

    /** Opens the content of a member, once. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    private final Path path;
    private final List<Member> members;
    private final UserPrincipal user;

    private SharedFolder(Path path, List<Member> members, UserPrincipal user) {
        this.path = path;
        this.members = members;
        this.user = user;
    }

    /**
     * Returns a folder with the members, which is inside {@code parent}.
     *
     * @param prefix the beginning of its name
     * @throws IOException if the files cannot be written, or are wrong afterwards
     */
    static Path of(Path parent, String prefix, List<Member> members) throws IOException {
        Path own = TemporaryFiles.createFolder(parent, prefix);
        UserPrincipal user = Files.getOwner(own);
        String content = members.stream()
                .map(member -> member.name + " " + member.bytes + " " + member.crc)
                .collect(Collectors.joining("\n", user.getName() + "\n", ""));
        Path target = parent.resolve(prefix + "-" + Sha256.of(content).substring(0, 16));
        SharedFolder shared = new SharedFolder(target, members, user);
        if (!shared.isUsable()) {
            SharedFolder written = new SharedFolder(own, members, user);
            written.write();
            if (!written.publish(shared)) {
                return own;
            }
        }
        TemporaryFiles.delete(own);
        return target;
    }

    private void write() throws IOException {
        for (Member member : members) {
            Path file = path.resolve(member.name);
            try (InputStream content = member.content.open()) {
                Files.copy(content, file);
            }
            if (!file.toFile().setExecutable(true) || !isRight(member)) {
                throw new IOException(file + " differs from the file in the jar after it was written");
            }
        }
    }

    /** Renames this folder; returns false if the other one exists and is not usable. */
    private boolean publish(SharedFolder other) throws IOException {
        try {
            AtomicFiles.move(path, other.path);
            return true;
        } catch (FileSystemException exists) {
            return other.isUsable(); // Another process may have been faster.
        }
    }

    private boolean isUsable() throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                || !Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(user)
                || othersMayWrite()) {
            return false;
        }
        for (Member member : members) {
            if (!isRight(member)) {
                return false;
            }
        }
        return true;
    }

    private boolean othersMayWrite() throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private boolean isRight(Member member) throws IOException {
        Path file = path.resolve(member.name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !Files.isExecutable(file)
                || Files.size(file) != member.bytes) {
            return false;
        }
        CRC32 checksum = new CRC32();
        try (InputStream content = new CheckedInputStream(Files.newInputStream(file), checksum)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return checksum.getValue() == member.crc;
    }
}
