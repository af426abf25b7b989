package org.speechemotion.spark.scoring;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.ModelCard;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.io.FileTree;

/** Reads and writes the folders of models on any Hadoop file system. */
public final class ModelFolders {
    private ModelFolders() {}

    /**
     * Returns the folder on this machine: the same folder if it is local, otherwise a copy that is deleted with the JVM.
     *
     * @param uri the folder of the model, or that of its run
     * @throws FileNotFoundException if there is no such folder
     */
    public static Path onThisMachine(String uri, Configuration hadoop) throws IOException {
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(uri);
        FileSystem files = folder.getFileSystem(hadoop);
        if (!files.getFileStatus(folder).isDirectory()) {
            throw new FileNotFoundException(uri + " is not a folder");
        }
        if (FileTree.isLocal(files)) {
            return ModelBundle.folder(
                    Path.of(files.makeQualified(folder).toUri().getPath()));
        }
        org.apache.hadoop.fs.Path inRun = new org.apache.hadoop.fs.Path(folder, ModelBundle.FOLDER);
        if (!files.exists(new org.apache.hadoop.fs.Path(folder, ModelBundle.MANIFEST))
                && files.exists(new org.apache.hadoop.fs.Path(inRun, ModelBundle.MANIFEST))) {
            folder = inRun;
        }
        Path copy = EncoderFolders.temporaryFolder(hadoop).resolve("model");
        FileUtil.copy(files, folder, copy.toFile(), false, hadoop);
        return copy;
    }

    /**
     * Writes a model.
     *
     * @param from the local folder that the model was read from, which holds its card and its embedded encoder, if it has them
     * @param uri a folder that does not exist yet
     */
    public static void write(ModelBundle bundle, Path from, String uri, Configuration hadoop) throws IOException {
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(uri);
        FileSystem files = folder.getFileSystem(hadoop);
        Path model = EncoderFolders.temporaryFolder(hadoop).resolve("model");
        bundle.write(model);
        if (Files.isRegularFile(from.resolve(ModelCard.FILE))) {
            Files.copy(from.resolve(ModelCard.FILE), model.resolve(ModelCard.FILE));
        }
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
