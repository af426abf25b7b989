package org.speechemotion.spark.clips;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.spark.SparkTest;

class EncoderFoldersIT extends SparkTest {
    @Test
    void aSessionSendsAnyNumberOfEncodersEachOnce() {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Set<String> paths = new TreeSet<>();
        int before = context.sc().listArchives().size();
        for (String name : List.of("hubert-large", "wavlm-large", "hubert-large")) {
            EncoderSettings settings = EncoderSettings.of("transformer", 16_000, LogMelSettings.defaults())
                    .with(PretrainedSettings.at(Folders.path(name).toString()));
            EncoderSettings sent = EncoderFolders.send(context, settings);
            paths.add(sent.pretrained().path());
            try (Encoder original = Encoders.open(settings);
                    Encoder found = Encoders.open(EncoderFolders.onThisMachine(sent, hadoop()))) {
                assertThat(found.fingerprint()).isEqualTo(original.fingerprint());
            }
        }
        assertThat(paths).hasSize(2);
        assertThat(context.sc().listArchives().size() - before).isEqualTo(2);
    }
}
