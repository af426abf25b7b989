package org.speechemotion.model;

import java.util.List;
import java.util.Map;
import org.speechemotion.acoustics.AcousticRanges;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.metrics.Calibrator;

/**
 * Builds manifests. A new one has no identity, files, speakers, clips and metrics, and leaves probabilities as they are; its encoder
 * has no folder.
 */
public final class BundleManifestBuilder {
    private final String encoder;
    private final String encoderFingerprint;
    private final List<String> labels;
    private final int sampleRate;
    private final int timeMultiple;
    private String modelId = "";
    private String created = "";
    private String gitCommit = "unknown";
    private String encoderPath = "";
    private Calibrator calibrator = Calibrator.of(1);
    private String settings = "";
    private Map<String, String> split = Map.of();
    private Map<String, Map<String, Long>> clips = Map.of();
    private Map<String, Object> metrics = Map.of();
    private AcousticRanges acoustics;
    private Map<String, String> files = Map.of();

    /**
     * Begins a manifest.
     *
     * @param timeMultiple the number of frames of which the padded length of a batch must be a multiple
     */
    public BundleManifestBuilder(Encoder encoder, EmotionSet emotions, int timeMultiple) {
        this(encoder.name(), encoder.fingerprint(), encoder.sampleRate(), emotions, timeMultiple);
    }

    /** Begins a manifest for an encoder of a name, with the fingerprint and the sample rate in Hz. */
    public BundleManifestBuilder(
            String encoder, String encoderFingerprint, int sampleRate, EmotionSet emotions, int timeMultiple) {
        this.encoder = encoder;
        this.encoderFingerprint = encoderFingerprint;
        this.sampleRate = sampleRate;
        labels = emotions.ids();
        this.timeMultiple = timeMultiple;
    }

    BundleManifestBuilder(BundleManifest manifest) {
        encoder = manifest.encoder();
        encoderFingerprint = manifest.encoderFingerprint();
        labels = manifest.labels();
        sampleRate = manifest.sampleRate();
        timeMultiple = manifest.timeMultiple();
        modelId = manifest.modelId();
        created = manifest.created();
        gitCommit = manifest.gitCommit();
        encoderPath = manifest.encoderPath();
        calibrator = manifest.calibrator();
        settings = manifest.settings();
        split = manifest.split();
        clips = manifest.clips();
        metrics = manifest.metrics();
        acoustics = manifest.acoustics();
        files = manifest.files();
    }

    BundleManifestBuilder modelId(String id) {
        modelId = id;
        return this;
    }

    public BundleManifestBuilder created(String time) {
        created = time;
        return this;
    }

    public BundleManifestBuilder gitCommit(String commit) {
        gitCommit = commit;
        return this;
    }

    public BundleManifestBuilder encoderPath(String path) {
        encoderPath = path;
        return this;
    }

    public BundleManifestBuilder calibrator(Calibrator other) {
        calibrator = other;
        return this;
    }

    public BundleManifestBuilder settings(String resolved) {
        settings = resolved;
        return this;
    }

    public BundleManifestBuilder split(Map<String, String> sides) {
        split = sides;
        return this;
    }

    public BundleManifestBuilder clips(Map<String, Map<String, Long>> counts) {
        clips = counts;
        return this;
    }

    public BundleManifestBuilder metrics(Map<String, Object> measured) {
        metrics = measured;
        return this;
    }

    public BundleManifestBuilder acoustics(AcousticRanges ranges) {
        acoustics = ranges;
        return this;
    }

    public BundleManifestBuilder files(Map<String, String> hashes) {
        files = hashes;
        return this;
    }

    public BundleManifest build() {
        return new BundleManifest(
                BundleManifest.FORMAT_VERSION,
                modelId,
                created,
                gitCommit,
                encoder,
                encoderPath,
                encoderFingerprint,
                labels,
                sampleRate,
                timeMultiple,
                calibrator.temperature(),
                calibrator.bias(),
                settings,
                split,
                clips,
                metrics,
                acoustics,
                files);
    }
}
