package org.speechemotion.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Temporary files and folders whose names say which process they belong to, so that a later one can delete what a killed
 * process left. Files of processes of other machines, or of an earlier boot, are never deleted here.
 */
public final class TemporaryFiles {
    private static final int MACHINE_DIGITS = 12;
    private static final Pattern NAME = Pattern.compile(".+\\.(\\d{1,18})-(\\d{1,18})-([0-9a-f]{12})\\.[\\w.]+");
    private static final String MACHINE = digits(ProcessIdentity.current().machine());

    private TemporaryFiles() {}

    /**
     * Returns the name of a temporary file of this process.
     *
     * @param name unique within this process and the file's folder
     */
    public static String name(String name) {
        return owned(name) + "tmp";
    }

    /** Returns whether a name is that of a temporary file of a process of this machine that has ended. */
    public static boolean isAbandoned(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                && parts.group(3).equals(MACHINE)
                && !new ProcessIdentity(
                                ProcessIdentity.current().machine(),
                                Long.parseLong(parts.group(1)),
                                Long.parseLong(parts.group(2)))
                        .isAlive();
    }

    /** Creates an empty file of this process. */
    public static Path createFile(Path folder, String prefix) throws IOException {
        return Files.createTempFile(folder, owned(prefix), null);
    }

    /** Deletes the abandoned files in a folder whose names have a prefix. */
    public static void sweepFiles(Path folder, String prefix) throws IOException {
        for (Path file : abandoned(folder, prefix)) {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Creates a folder in the system's folder of temporary files, and deletes the abandoned ones of the same prefix.
     *
     * @param prefix the beginning of its name
     */
    public static Path createFolder(String prefix) throws IOException {
        return createFolder(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    /** Creates a folder in another folder, and deletes the abandoned ones of the same prefix. */
    public static Path createFolder(Path parent, String prefix) throws IOException {
        Path folder = Files.createTempDirectory(parent, owned(prefix));
        try {
            sweepFolders(parent, prefix, Files.getOwner(folder));
        } catch (IOException | UncheckedIOException concurrent) {
            // Another process may be sweeping too, or the folder cannot be listed. The remaining files wait for the
            // next sweep.
        }
        return folder;
    }

    /** Another user could exchange folders for links while they are being deleted. */
    private static void sweepFolders(Path folder, String prefix, UserPrincipal user) throws IOException {
        for (Path abandoned : abandoned(folder, prefix)) {
            if (Files.getOwner(abandoned, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                delete(abandoned);
            }
        }
    }

    private static List<Path> abandoned(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(prefix + ".") && isAbandoned(name);
                    })
                    .toList();
        }
    }

    /** Deletes a file, or a folder with its content; links are not followed. A missing file is not an error. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String owned(String name) {
        ProcessIdentity owner = ProcessIdentity.current();
        return name + "." + owner.pid() + "-" + owner.start() + "-" + MACHINE + ".";
    }

    private static String digits(String machine) {
        return Sha256.of(machine).substring(0, MACHINE_DIGITS);
    }
}
