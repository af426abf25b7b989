package org.speechemotion.spark.scoring;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.io.FileTree;

/** Folders of models on any Hadoop file system. */
public final class ModelFolders {
    private ModelFolders() {}

    /**
     * The same folder on this machine: itself where it is local, else a copy, which goes when the JVM does.
     *
     * @throws FileNotFoundException where there is no such folder
     */
    public static Path onThisMachine(String uri, Configuration hadoop) throws IOException {
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(uri);
        FileSystem files = folder.getFileSystem(hadoop);
        if (!files.getFileStatus(folder).isDirectory()) {
            throw new FileNotFoundException(uri + " is no folder");
        }
        if (FileTree.isLocal(files)) {
            return Path.of(files.makeQualified(folder).toUri().getPath());
        }
        Path copy = EncoderFolders.temporaryFolder(hadoop).resolve("model");
        FileUtil.copy(files, folder, copy.toFile(), false, hadoop);
        return copy;
    }

    /**
     * Writes a model.
     *
     * @param from the local folder that it was read from, where its embedded encoder is, if it has one
     * @param uri a folder that is not there yet
     */
    public static void write(ModelBundle bundle, Path from, String uri, Configuration hadoop) throws IOException {
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(uri);
        FileSystem files = folder.getFileSystem(hadoop);
        Path model = EncoderFolders.temporaryFolder(hadoop).resolve("model");
        bundle.write(model);
        FileUtil.copy(model.toFile(), files, folder, true, hadoop);
        if (bundle.manifest().encoderPath().equals(BundleManifest.EMBEDDED)) {
            FileUtil.copy(
                    from.resolve(BundleManifest.EMBEDDED).toFile(),
                    files,
                    new org.apache.hadoop.fs.Path(folder, BundleManifest.EMBEDDED),
                    false,
                    hadoop);
        }
    }
}
