package org.speechemotion.spark.clips;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.speechemotion.common.TemporaryFiles;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.PretrainedSettings.ExecutionProvider;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.weights.Fingerprint;

/**
 * Makes the folders of encoders local. Tensors are read by random access, which is slow on remote file systems.
 */
public final class EncoderFolders {
    /** The scheme of a folder that the driver sends with the application. */
    private static final String SENT = "spark-files:";

    /** The scheme and the authority of a URI. */
    private static final Pattern FILE_SYSTEM = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://[^/]*");

    /** The archives that this driver has sent: application and name → archive. */
    private static final Map<String, Path> ARCHIVES = new ConcurrentHashMap<>();

    private EncoderFolders() {}

    /**
     * Returns the same settings with the folder as an absolute path or URI.
     *
     * @param base the folder to which relative paths refer
     */
    public static EncoderSettings absolute(EncoderSettings settings, Path base) {
        String path = settings.pretrained().path();
        if (path.isEmpty() || isRemote(path) || path.startsWith(SENT)) {
            return settings;
        }
        return settings.with(settings.pretrained()
                .withPath(base.resolve(localPath(path))
                        .toAbsolutePath()
                        .normalize()
                        .toString()));
    }

    /**
     * Opens and closes the encoder, so that errors are reported before any long work.
     *
     * @return the fingerprint of the encoder
     * @throws RuntimeException if it cannot be opened
     */
    public static String requireEncoder(EncoderSettings settings, Configuration hadoop) {
        try (Encoder encoder = Encoders.open(onThisMachine(settings, hadoop))) {
            return encoder.fingerprint();
        }
    }

    /**
     * Returns the names, sizes and times of the files in the encoder's folder, which change when the files do.
     *
     * @return empty if there is no folder, or it cannot be listed; opening it will tell why
     */
    static String state(EncoderSettings settings, Configuration hadoop) {
        String path = settings.pretrained().path();
        if (path.isEmpty()) {
            return "";
        }
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(
                isRemote(path) && !path.startsWith(SENT)
                        ? new org.apache.hadoop.fs.Path(path).toUri()
                        : Path.of(local(path, hadoop)).toUri());
        try {
            return Arrays.stream(folder.getFileSystem(hadoop).listStatus(folder))
                    .map(file ->
                            file.getPath().getName() + " " + file.getLen() + " " + file.getModificationTime() + "\n")
                    .sorted()
                    .collect(Collectors.joining());
        } catch (IOException unlistable) {
            return "";
        }
    }

    /**
     * Sends the folder to every executor, for clusters without a shared file system. Each folder is sent once per
     * application.
     *
     * @return settings that refer to the sent folder, on executors and on the driver
     */
    public static EncoderSettings send(JavaSparkContext context, EncoderSettings settings) {
        EncoderSettings here = onThisMachine(settings, context.hadoopConfiguration());
        List<Path> files = Encoders.files(here);
        // Spark identifies the files that it sends by name, so the name must depend on their content.
        String name = "encoder-" + Fingerprint.of(files);
        ARCHIVES.computeIfAbsent(context.sc().applicationId() + " " + name, absent -> {
            try {
                // Spark sends archives to a cluster, but no folders.
                Path archive = archived(files, name, context.hadoopConfiguration());
                context.sc().addArchive(archive.toUri() + "#" + name);
                return archive;
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the encoder could not be packed for the executors: " + e.getMessage(), e);
            }
        });
        return settings.with(settings.pretrained().withPath(SENT + name));
    }

    private static Path archived(List<Path> files, String name, Configuration hadoop) throws IOException {
        Path archive = temporaryFolder(hadoop).resolve(name + ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Path file : files) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return archive;
    }

    /** Creates a folder that is deleted when this JVM ends, or by a later JVM if this one is killed. */
    public static Path temporaryFolder(Configuration hadoop) throws IOException {
        Path folder = TemporaryFiles.createFolder("speech-emotion-encoder");
        FileSystem.getLocal(hadoop).deleteOnExit(new org.apache.hadoop.fs.Path(folder.toUri()));
        return folder;
    }

    /**
     * Returns the same settings with a local folder; a remote one is copied. If the number of threads is not set, an encoder
     * in a task uses the cores of the task.
     *
     * @throws IllegalArgumentException if the folder cannot be fetched
     */
    public static EncoderSettings onThisMachine(EncoderSettings settings, Configuration hadoop) {
        String path = settings.pretrained().path();
        if (path.isEmpty()) {
            return settings;
        }
        EncoderSettings local = settings.with(settings.pretrained().withPath(local(path, hadoop)));
        SparkEnv environment = SparkEnv.get();
        return environment != null && settings.pretrained().execution().threads() == 0
                ? local.with(local.pretrained()
                        .runBy(
                                settings.pretrained().execution().engine(),
                                environment.conf().getInt("spark.task.cpus", 1)))
                : local;
    }

    /**
     * Returns the same settings with the first GPU that Spark has given the running task ({@code spark.task.resource.gpu}), if
     * the encoder runs on a GPU. Tasks that share a GPU share an encoder.
     *
     * @throws IllegalArgumentException if the address of the GPU is not an index
     */
    static EncoderSettings onItsDevice(EncoderSettings settings) {
        TaskContext task = TaskContext.get();
        Processor processor = settings.pretrained().execution().processor();
        if (processor.provider() != ExecutionProvider.CUDA || task == null) {
            return settings;
        }
        ResourceInformation gpu = task.resourcesJMap().get("gpu");
        return gpu == null ? settings : settings.with(settings.pretrained().withProcessor(on(gpu)));
    }

    static Processor on(ResourceInformation gpu) {
        String address = gpu.addresses()[0];
        if (!address.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException(
                    "the address of Spark's resource gpu is " + address + "; allowed: the index of a GPU, from 0");
        }
        return new Processor(ExecutionProvider.CUDA, Integer.parseInt(address));
    }

    private static String local(String path, Configuration hadoop) {
        if (path.startsWith(SENT)) {
            return SparkFiles.get(path.substring(SENT.length()));
        }
        return isRemote(path)
                ? fetched(path, hadoop).toString()
                : localPath(path).toString();
    }

    /**
     * Returns whether the folder that a model names may be opened: it must be on this machine or on the file system of the
     * model. Otherwise a file of unknown origin would decide which host is contacted, with the rights of this user.
     *
     * @param path the path or URI of the folder
     * @param model the path or URI of the model
     */
    public static boolean isNear(String path, String model) {
        Matcher there = FILE_SYSTEM.matcher(path);
        Matcher home = FILE_SYSTEM.matcher(model);
        return !isRemote(path)
                || (there.lookingAt() && home.lookingAt() && there.group().equalsIgnoreCase(home.group()));
    }

    private static boolean isRemote(String path) {
        return path.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*") && !path.startsWith("file:");
    }

    private static Path localPath(String path) {
        return path.startsWith("file:") ? Path.of(URI.create(path).getPath()) : Path.of(path);
    }

    private static Path fetched(String uri, Configuration hadoop) {
        org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(uri);
        try {
            FileSystem files = remote.getFileSystem(hadoop);
            Path copy = temporaryFolder(hadoop);
            for (FileStatus file : files.listStatus(remote)) {
                if (file.isFile()) {
                    FileUtil.copy(
                            files,
                            file.getPath(),
                            copy.resolve(file.getPath().getName()).toFile(),
                            false,
                            hadoop);
                }
            }
            return copy;
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException("encoder.path " + uri + " is not a folder", e);
        } catch (IOException e) {
            throw new UncheckedIOException("encoder.path " + uri + " cannot be read: " + e.getMessage(), e);
        }
    }
}
