package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.archive.Archives;
import org.speechemotion.archive.RandomAccess;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.spark.io.HadoopArchive;
import org.speechemotion.spark.io.HadoopAudio;

/** The bytes of a task's inputs, in files and in archives. Thread-safe. */
final class TaskAudio implements AudioSource {
    private final Map<String, ScoringInput> inputs;
    private final Configuration configuration;
    private final HadoopAudio files;

    /** Inputs by their paths. */
    TaskAudio(Map<String, ScoringInput> inputs, Configuration configuration) {
        this.inputs = inputs;
        this.configuration = configuration;
        files = new HadoopAudio(configuration);
    }

    @Override
    public byte[] read(String path, long most) throws IOException {
        try (Opened opened = open(path, most)) {
            return opened.stream().readNBytes(Math.toIntExact(opened.length()));
        }
    }

    @Override
    public Opened open(String path, long most) throws IOException {
        if (!(inputs.get(path) instanceof ScoringInput.Entry entry)) {
            return files.open(path, most);
        }
        RandomAccess archive = HadoopArchive.open(entry.archive(), configuration);
        try {
            return new Opened(Archives.open(archive, entry.entry(), most), entry.bytes());
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }
}
