package org.speechemotion.spark.scoring;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.archive.Archives;
import org.speechemotion.archive.RandomAccess;
import org.speechemotion.audio.AudioOpener;
import org.speechemotion.audio.AudioSource.Opened;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.spark.io.HadoopArchive;
import org.speechemotion.spark.io.HadoopAudio;

/** Opens inputs: files, and entries of archives. It is thread-safe. */
final class InputOpener implements AudioOpener<ScoringInput> {
    private final Configuration configuration;
    private final HadoopAudio files;

    InputOpener(Configuration configuration) {
        this.configuration = configuration;
        files = new HadoopAudio(configuration);
    }

    @Override
    public Opened open(ScoringInput input, long maxBytes) throws IOException {
        if (!(input instanceof ScoringInput.Entry entry)) {
            return files.open(input.path(), maxBytes);
        }
        RandomAccess archive = HadoopArchive.open(entry.archive(), configuration);
        try {
            return new Opened(Archives.open(archive, entry.entry(), maxBytes), entry.bytes(), input.path());
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }
}
