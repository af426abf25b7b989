package org.speechemotion.spark.features;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.speechemotion.common.TemporaryFiles;
import org.speechemotion.features.FeatureIndex;
import org.speechemotion.features.StoreDescription;
import org.speechemotion.spark.io.SmallFile;

/**
 * A folder of stored features on any Hadoop file system. It has complete parts and a description of the settings that
 * determine their content. Other readers of Parquet skip the description, because its name starts with an underscore.
 */
final class FeatureStore implements Serializable {
    private static final long serialVersionUID = 1L;

    static final String DESCRIPTION = StoreDescription.FILE;
    private static final int MAX_DESCRIPTION_BYTES = 1 << 20;
    /** The suffix of files that are being written, or that a killed build left. */
    private static final String UNFINISHED = ".tmp";

    /** The age at which an unfinished file of another machine, whose processes cannot be looked at, is deleted. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final String folder;
    private final StoreDescription description;
    private final SerializableConfiguration hadoop;

    private FeatureStore(String folder, StoreDescription description, Configuration hadoop) {
        this.folder = folder;
        this.description = description;
        this.hadoop = new SerializableConfiguration(hadoop);
    }

    /**
     * Opens the store of these settings, or creates it if it is missing.
     *
     * @throws IllegalArgumentException if the folder is a store of other settings, or not a store
     */
    static FeatureStore open(String path, StoreDescription description, Configuration hadoop) throws IOException {
        Path given = new Path(path);
        FileSystem files = given.getFileSystem(hadoop);
        Path folder = files.makeQualified(given);
        Optional<StoreDescription> there = read(files, folder);
        if (there.isEmpty()) {
            begin(files, folder, description);
        } else {
            List<String> differences = description.differences(there.get());
            if (!differences.isEmpty()) {
                throw new IllegalArgumentException("features.path " + folder + " is a store of other settings: "
                        + String.join("; ", differences) + ". Choose another features.path, or delete the folder");
            }
        }
        return new FeatureStore(folder.toString(), description, hadoop);
    }

    private static void begin(FileSystem files, Path folder, StoreDescription description) throws IOException {
        if (files.exists(folder)
                && Arrays.stream(files.listStatus(folder))
                        .anyMatch(status -> !status.getPath().getName().startsWith("."))) {
            throw new IllegalArgumentException(
                    "features.path " + folder + " is not a feature store: it has files, but no " + DESCRIPTION
                            + ". Choose another features.path");
        }
        Path unfinished = new Path(folder, TemporaryFiles.name("." + DESCRIPTION));
        try (OutputStream out = files.create(unfinished, true)) {
            out.write(description.toJson());
        }
        commit(files, unfinished, new Path(folder, DESCRIPTION));
    }

    private static Optional<StoreDescription> read(FileSystem files, Path folder) throws IOException {
        Path file = new Path(folder, DESCRIPTION);
        try {
            return SmallFile.read(files, file, MAX_DESCRIPTION_BYTES).map(StoreDescription::fromJson);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " does not describe a feature store: " + e.getMessage(), e);
        }
    }

    /** Gives a complete file its final name; if another task was first, its file stays. */
    private static void commit(FileSystem files, Path unfinished, Path file) throws IOException {
        if (!files.rename(unfinished, file)) {
            files.delete(unfinished, false);
            if (!files.exists(file)) {
                throw new IOException(unfinished + " could not be renamed to " + file.getName());
            }
        }
    }

    /** Writes the rows of a part. */
    interface Rows {
        void writeTo(FeaturePart part) throws IOException;
    }

    /**
     * Writes a complete part from an executor, or nothing.
     *
     * @param attempt the globally unique name of the attempt
     * @throws IOException if this executor does not see the store, or the rows cannot be written
     */
    void write(String part, String attempt, Rows rows) throws IOException {
        Path store = new Path(folder);
        FileSystem files = store.getFileSystem(hadoop.value());
        if (!read(files, store).equals(Optional.of(description))) {
            throw new IOException("features.path " + folder + " is not the driver's on every executor: on a cluster it"
                    + " must be on a file system that all machines share");
        }
        Path unfinished = new Path(store, TemporaryFiles.name("." + part + "." + attempt));
        try {
            try (FeaturePart writer = new FeaturePart(unfinished, description, hadoop.value())) {
                rows.writeTo(writer);
            }
            commit(files, unfinished, new Path(store, part));
        } finally {
            files.delete(unfinished, false);
        }
    }

    /**
     * Reads the index of the store, distributed over the cluster.
     *
     * @throws IOException if the folder cannot be listed
     */
    FeatureIndex index(JavaSparkContext context) throws IOException {
        List<String> parts = new ArrayList<>();
        Path store = new Path(folder);
        FileSystem files = store.getFileSystem(hadoop.value());
        for (FileStatus status : files.listStatus(store)) {
            String name = status.getPath().getName();
            if (name.endsWith(UNFINISHED)) {
                deleteIfAbandoned(files, status);
            } else if (name.startsWith("part-")) {
                parts.add(status.getPath().toString());
            }
        }
        if (parts.isEmpty()) {
            return new FeatureIndex(List.of());
        }
        return new FeatureIndex(context.parallelize(parts, Math.min(parts.size(), 4 * context.defaultParallelism()))
                .flatMap(part -> FeaturePartIndex.of(new Path(part), description, hadoop.value())
                        .iterator())
                .collect());
    }

    private static void deleteIfAbandoned(FileSystem files, FileStatus unfinished) throws IOException {
        if (TemporaryFiles.isAbandoned(unfinished.getPath().getName())
                || System.currentTimeMillis() - unfinished.getModificationTime() > ABANDONED.toMillis()) {
            files.delete(unfinished.getPath(), false);
        }
    }

    String folder() {
        return folder;
    }

    StoreDescription description() {
        return description;
    }

    Configuration hadoop() {
        return hadoop.value();
    }
}
