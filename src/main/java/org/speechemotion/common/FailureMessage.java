package org.speechemotion.common;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Describes an exception in one line for users. Many exceptions of the file system have only a path as their message, and
 * many of Spark only wrap another; the line describes the cause in words, wherever it is in the chain.
 */
public final class FailureMessage {
    private static final int MAX_LINKS = 32;

    /** Simple names of exceptions whose message is only a path or a host, with descriptions. */
    private static final Map<String, String> MEANINGS = Map.of(
            "AccessDeniedException", "permission denied",
            "NoSuchFileException", "no such file or directory",
            "FileAlreadyExistsException", "the file exists already",
            "DirectoryNotEmptyException", "the directory is not empty",
            "NotDirectoryException", "not a directory",
            "NotLinkException", "not a symbolic link",
            "FileSystemLoopException", "the symbolic links form a loop",
            "UnknownHostException", "unknown host");

    /** The messages of the operating system for failed calls. */
    private static final Pattern SYSTEM_ERROR = Pattern.compile(
            "permission denied.*|operation not permitted|no space left on device|disk quota exceeded|is a"
                    + " directory|not a directory|no such file or directory|input/output error|read-only file system|too"
                    + " many open files.*|file name too long|file too large|stale file handle|cannot allocate"
                    + " memory|connection refused.*|connection reset.*|broken pipe|no route to host|network is"
                    + " unreachable",
            Pattern.CASE_INSENSITIVE);

    /** Texts such as {@code /a/b.wav (Permission denied)}. */
    private static final Pattern FILE_AND_REASON = Pattern.compile("(?<file>.+) \\((?<reason>[^()]+)\\)");

    /** Texts of remote failures, such as {@code java.nio.file.AccessDeniedException: /a/b.wav}. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:^|: |Caused by: )(?:[a-z]\\w*\\.)+(?<name>[A-Z]\\w*(?:Exception|Error))(?:: (?<message>.*))?$");

    private static final Pattern SPARK_WRAPPER = Pattern.compile(
            "(\\[[A-Z_.0-9]+\\] )?(Job aborted|Task failed|Lost task|Exception thrown in awaitResult|Writing job"
                    + " aborted|Query .* terminated).*",
            Pattern.DOTALL);

    private static final Pattern ERROR_CLASS = Pattern.compile("^\\[[A-Z_.0-9]+\\] ");

    private FailureMessage() {}

    /** A cause in words, and the file or host that it concerns, which may be empty. */
    private record Cause(String subject, String reason) {
        String text() {
            return subject.isEmpty() ? reason : subject + ": " + reason;
        }

        /** Adds the cause to a message that may name the subject, or even the cause, already. */
        String addTo(String message) {
            if (message.isEmpty()) {
                return text();
            }
            if (message.toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT))) {
                return message;
            }
            if (!subject.isEmpty() && message.endsWith(subject)) {
                return message + ": " + reason;
            }
            return message + " (" + (message.contains(subject) ? reason : text()) + ")";
        }
    }

    /**
     * Describes a failure and its causes.
     *
     * @return one line, never empty
     */
    public static String of(Throwable failure) {
        String message = "";
        boolean complete = false;
        for (Throwable link : chain(failure)) {
            Optional<Cause> cause = cause(link);
            if (cause.isPresent()) {
                message = cause.get().addTo(message);
                complete = true;
            } else if (!complete && !isWrapper(link)) {
                String line = firstLine(link);
                message = message.isEmpty() ? line : new Cause("", line).addTo(message);
                // Spark's own messages name the failed file or task and leave the reason to the cause.
                complete = !isOfSpark(link);
            }
        }
        return message.isEmpty() ? failure.getClass().getSimpleName() : message;
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> links = new ArrayList<>();
        for (Throwable link = failure;
                link != null && !links.contains(link) && links.size() < MAX_LINKS;
                link = link.getCause()) {
            links.add(link);
        }
        return links;
    }

    private static Optional<Cause> cause(Throwable link) {
        String message = firstLine(link);
        if (link instanceof FileSystemException failure) {
            return Optional.of(ofFileSystem(failure));
        }
        if (link instanceof OutOfMemoryError) {
            return Optional.of(new Cause("", "out of memory: " + message));
        }
        if (link instanceof IncompatibleClassChangeError) {
            return Optional.of(new Cause(
                    "", "the class path has another version of a library before that of the jar: no " + message));
        }
        if (link instanceof StackOverflowError) {
            return Optional.of(new Cause("", "stack overflow"));
        }
        if (link instanceof UnknownHostException) {
            return Optional.of(new Cause(message, MEANINGS.get("UnknownHostException")));
        }
        if (message.isEmpty()) {
            return ofNothing(link);
        }
        if (link instanceof FileNotFoundException) {
            Matcher both = FILE_AND_REASON.matcher(message);
            return Optional.of(
                    both.matches()
                            ? new Cause(both.group("file"), lower(both.group("reason")))
                            : new Cause("", message));
        }
        if (isSystemError(link, message)) {
            return Optional.of(new Cause("", lower(message)));
        }
        // A failure on another machine arrives as text.
        return isOfSpark(link) && link.getCause() == null ? ofText(link.getMessage()) : Optional.empty();
    }

    private static boolean isSystemError(Throwable link, String message) {
        return SYSTEM_ERROR.matcher(message).matches()
                || link.getClass().getSimpleName().equals("AccessControlException");
    }

    private static Cause ofFileSystem(FileSystemException failure) {
        String file = failure.getFile() == null ? "" : failure.getFile();
        String subject = failure.getOtherFile() == null ? file : file + " -> " + failure.getOtherFile();
        String meaning = MEANINGS.get(failure.getClass().getSimpleName());
        String given = failure.getReason() == null
                ? ""
                : failure.getReason().lines().findFirst().orElse("");
        if (given.isEmpty()) {
            return new Cause(subject, meaning == null ? "the file system refused the operation" : meaning);
        }
        // Object stores give the answer of their server as the reason, which may not mention permissions.
        boolean saysLess = failure instanceof java.nio.file.AccessDeniedException;
        return new Cause(subject, saysLess ? meaning + ": " + given : lower(given));
    }

    private static Optional<Cause> ofNothing(Throwable link) {
        if (link instanceof EOFException) {
            return Optional.of(new Cause("", "unexpected end of the file"));
        }
        return link instanceof ConnectException
                ? Optional.of(new Cause("", "no connection"))
                : link instanceof FileNotFoundException
                        ? Optional.of(new Cause("", MEANINGS.get("NoSuchFileException")))
                        : Optional.empty();
    }

    /** Returns the last exception in a text with stack traces. */
    private static Optional<Cause> ofText(String text) {
        Optional<Cause> last = Optional.empty();
        for (String line : text.lines().toList()) {
            Matcher named = NAMED.matcher(line.strip());
            if (named.find() && (last.isEmpty() || line.strip().startsWith("Caused by: "))) {
                String message = named.group("message") == null ? "" : named.group("message");
                String meaning = MEANINGS.get(named.group("name"));
                last = Optional.of(
                        meaning != null
                                ? new Cause(message, meaning)
                                : new Cause("", message.isEmpty() ? named.group("name") : message));
            }
        }
        return last;
    }

    /** Returns whether the exception says only that it has a cause. */
    private static boolean isWrapper(Throwable link) {
        String message = link.getMessage();
        if (link.getCause() == null) {
            return message == null || message.isBlank();
        }
        return message == null
                || message.isBlank()
                || message.equals(link.getCause().toString())
                || (isOfSpark(link) && SPARK_WRAPPER.matcher(message).matches());
    }

    private static boolean isOfSpark(Throwable link) {
        return link.getClass().getName().startsWith("org.apache.spark.");
    }

    private static String firstLine(Throwable link) {
        String line = String.valueOf(link.getMessage() == null ? "" : link.getMessage())
                .lines()
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("")
                .strip();
        return ERROR_CLASS.matcher(line).replaceFirst("").replaceFirst("\\.? Details:$", "");
    }

    private static String lower(String text) {
        // Abbreviations and names keep their capitals.
        return text.length() > 1 && Character.isUpperCase(text.charAt(0)) && Character.isLowerCase(text.charAt(1))
                ? Character.toLowerCase(text.charAt(0)) + text.substring(1)
                : text;
    }
}
