package org.speechemotion.spark.scoring;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.LocalPaths;
import org.speechemotion.corpus.Csv;
import org.speechemotion.spark.io.FileTree;

/**
 * The files of a table of scores. A file gets its final name after its bytes have been written to disk. A file that is damaged
 * nevertheless, by a power failure or by another program, is renamed so that readers ignore it.
 */
record TableFiles(FileSystem files, Path folder, ScoreFormat format, Configuration hadoop, Consumer<String> console) {
    private static final String PREFIX = "scores-";
    private static final String DAMAGED = ".damaged-";
    /** The folder of the table and those of its partitions. */
    private static final int LEVELS = 2;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Adds a file that was written to another folder of the same file system. */
    void add(Path written, String name, String subfolder) throws IOException {
        Path target = subfolder.isEmpty() ? folder : new Path(folder, subfolder);
        files.mkdirs(target);
        Path file = new Path(target, PREFIX + name + "." + format.id());
        if (files.exists(file)) {
            // The name is a hash of the inputs, and they would not have been scored again if the file had their rows.
            quarantine(file, "it lacks rows");
        }
        rename(files, written, file);
        sync(files, folder, StandardOpenOption.READ);
    }

    /** Renames a file durably: its bytes reach the disk before its new name does, and both before this method returns. */
    static void rename(FileSystem files, Path from, Path to) throws IOException {
        sync(files, from, StandardOpenOption.WRITE);
        if (files.exists(to) || !files.rename(from, to)) {
            throw new IOException(from + " could not be renamed to " + to);
        }
        sync(files, to.getParent(), StandardOpenOption.READ);
    }

    /** Writes a local file through to the disk; other file systems guarantee that themselves. */
    private static void sync(FileSystem files, Path path, StandardOpenOption access) throws IOException {
        if (FileTree.isLocal(files)) {
            try (FileChannel channel =
                    FileChannel.open(LocalPaths.of(path.toUri().getPath()), access)) {
                channel.force(true);
            }
        }
    }

    /**
     * Renames damaged files.
     *
     * @param thorough whether each file is read completely; otherwise only its size and its end are checked
     * @return the number of damaged files
     */
    int quarantineDamaged(boolean thorough) throws IOException {
        int count = 0;
        for (FileTree.Entry part : FileTree.below(folder, LEVELS, hadoop)) {
            Path file = new Path(part.path());
            if (!part.folder()
                    && file.getName().startsWith(PREFIX)
                    && !file.getParent().getName().startsWith("_")) {
                Optional<String> damage = cutOff(file, part.bytes());
                if (damage.isEmpty() && thorough) {
                    damage = damage(file);
                }
                if (damage.isPresent()) {
                    quarantine(file, damage.get());
                    count++;
                }
            }
        }
        return count;
    }

    private void quarantine(Path file, String damage) throws IOException {
        Path aside = new Path(file.getParent(), DAMAGED + file.getName());
        for (int i = 2; files.exists(aside); i++) {
            aside = new Path(file.getParent(), DAMAGED + i + "-" + file.getName());
        }
        rename(files, file, aside);
        console.accept("the table's file " + file + " is damaged (" + damage + "): it is now " + aside.getName()
                + ", and its inputs are scored again");
    }

    /** Checks the end of a file: every line of a text ends in a line feed, including the last one. */
    private Optional<String> cutOff(Path file, long bytes) throws IOException {
        if (bytes == 0) {
            return Optional.of("it is empty");
        }
        if (format == ScoreFormat.PARQUET) {
            return Optional.empty();
        }
        try (FSDataInputStream in = files.open(file)) {
            in.seek(bytes - 1);
            return in.read() == '\n' ? Optional.empty() : Optional.of("its last line is cut off");
        }
    }

    /**
     * Reads a file to its end.
     *
     * @return the damage, if the content is damaged
     * @throws IOException if the bytes cannot be read, which is not evidence of damage
     */
    private Optional<String> damage(Path file) throws IOException {
        try (InputStream in = files.open(file)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        try {
            read(file);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(FailureMessage.of(e));
        }
    }

    private void read(Path file) throws IOException {
        if (format == ScoreFormat.PARQUET) {
            try (ParquetReader<Group> rows = ParquetReader.builder(new GroupReadSupport(), file)
                    .withConf(hadoop)
                    .build()) {
                while (rows.read() != null) {
                    // Decoding the row is the check.
                }
            }
            return;
        }
        try (Reader text = new InputStreamReader(files.open(file), StandardCharsets.UTF_8.newDecoder())) {
            if (format == ScoreFormat.JSON) {
                BufferedReader lines = new BufferedReader(text);
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JSON.readTree(line).required(ScoreColumns.PATH);
                }
                return;
            }
            List<Csv.Row> rows = Csv.parse(text, file.getName());
            int width = rows.get(0).fields().size();
            for (Csv.Row row : rows) {
                if (row.fields().size() != width) {
                    throw new IOException(
                            "line " + row.line() + " has " + row.fields().size() + " fields instead of " + width);
                }
            }
        }
    }

    /** Writes a small file durably. */
    void write(Path unfinished, byte[] content, String name) throws IOException {
        try (OutputStream out = files.create(unfinished, true)) {
            out.write(content);
        }
        rename(files, unfinished, new Path(folder, name));
    }
}
