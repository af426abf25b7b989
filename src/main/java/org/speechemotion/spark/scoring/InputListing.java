package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.speechemotion.archive.ArchiveEntry;
import org.speechemotion.archive.ArchiveLimits;
import org.speechemotion.archive.Archives;
import org.speechemotion.archive.RandomAccess;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.spark.io.FileTree;
import org.speechemotion.spark.io.FileTree.Entry;
import org.speechemotion.spark.io.HadoopArchive;

/** Turns listed files into inputs. Archives are opened on the cluster and replaced by their entries. */
final class InputListing {
    private static final int TASKS_PER_CORE = 4;

    private InputListing() {}

    /** Looks up files by their paths. A file that is missing or cannot be looked up becomes an input too. */
    static List<Entry> files(List<String> paths, Configuration hadoop) throws IOException {
        List<Entry> files = new ArrayList<>();
        for (String path : paths) {
            try {
                Entry found = FileTree.find(new Path(path), hadoop).orElse(new Entry(path, false, 0, 0));
                files.add(new Entry(path, found.folder(), found.bytes(), found.modified()));
            } catch (IOException | IllegalArgumentException e) {
                files.add(new Entry(path, false, 0, 0, "could not be read: " + FailureMessage.of(e)));
            }
        }
        return files;
    }

    /** Returns the inputs, sorted by path so that files of one folder stay together. */
    static List<ScoringInput> of(
            JavaSparkContext context, List<Entry> files, ArchiveLimits limits, Configuration configuration) {
        SerializableConfiguration hadoop = new SerializableConfiguration(configuration);
        return of(files, archives -> context.parallelize(
                        archives, Math.min(archives.size(), TASKS_PER_CORE * context.defaultParallelism()))
                .flatMap(archive -> inside(archive, limits, hadoop.value()).iterator())
                .collect());
    }

    /** Returns the inputs in the same order, with archives opened on this machine. */
    static List<ScoringInput> onThisMachine(List<Entry> files, ArchiveLimits limits, Configuration hadoop) {
        return of(files, archives -> archives.stream()
                .flatMap(archive -> inside(archive, limits, hadoop).stream())
                .toList());
    }

    private static List<ScoringInput> of(
            List<Entry> files, Function<List<ScoringInput.File>, List<ScoringInput>> open) {
        List<ScoringInput.File> archives = files.stream()
                .filter(InputListing::isArchive)
                .map(file -> new ScoringInput.File(file.path(), file.bytes(), file.modified()))
                .toList();
        if (archives.isEmpty()) {
            return new Inputs(files);
        }
        List<ScoringInput> inputs = new ArrayList<>(
                new Inputs(files.stream().filter(file -> !isArchive(file)).toList()));
        inputs.addAll(open.apply(archives));
        inputs.sort(Comparator.comparing(ScoringInput::path));
        return inputs;
    }

    private static boolean isArchive(Entry file) {
        return !file.failed() && Archives.isArchive(file.path());
    }

    /** The inputs that files are. They are made when they are asked for, because of millions a few are new. */
    private static final class Inputs extends AbstractList<ScoringInput> implements java.util.RandomAccess {
        private final List<Entry> files;

        private Inputs(List<Entry> files) {
            this.files = files;
        }

        @Override
        public ScoringInput get(int i) {
            Entry file = files.get(i);
            return file.failed()
                    ? new ScoringInput.Unusable(
                            file.path(),
                            file.bytes(),
                            file.modified(),
                            RejectionReason.UNREADABLE.rejection(file.failure()))
                    : new ScoringInput.File(file.path(), file.bytes(), file.modified());
        }

        @Override
        public int size() {
            return files.size();
        }
    }

    private static List<ScoringInput> inside(ScoringInput.File file, ArchiveLimits limits, Configuration hadoop) {
        List<ScoringInput> inputs = new ArrayList<>();
        try (RandomAccess archive = HadoopArchive.open(file.path(), hadoop)) {
            for (ArchiveEntry entry : Archives.list(file.path(), archive, limits)) {
                inputs.add(input(file, entry));
            }
            if (inputs.isEmpty()) {
                inputs.add(new ScoringInput.Unusable(
                        file.path(),
                        file.bytes(),
                        file.modified(),
                        RejectionReason.EMPTY.rejection("the archive holds no file, or hidden ones alone")));
            }
        } catch (IOException | RuntimeException e) {
            return List.of(
                    new ScoringInput.Unusable(file.path(), file.bytes(), file.modified(), ClipReader.rejection(e)));
        }
        return inputs;
    }

    private static ScoringInput input(ScoringInput.File archive, ArchiveEntry entry) {
        if (entry instanceof ArchiveEntry.File inside) {
            return new ScoringInput.Entry(archive.path(), inside, archive.modified());
        }
        ArchiveEntry.Rejected rejected = (ArchiveEntry.Rejected) entry;
        return new ScoringInput.Unusable(
                ScoringInput.inside(archive.path(), rejected.name()),
                rejected.bytes(),
                archive.modified(),
                rejected.rejection());
    }
}
