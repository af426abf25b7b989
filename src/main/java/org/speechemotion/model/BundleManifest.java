package org.speechemotion.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.speechemotion.acoustics.AcousticRanges;
import org.speechemotion.common.StrictJson;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.metrics.Temperature;

/**
 * The content of {@code model.json}, the manifest of a bundle.
 *
 * @param formatVersion {@value #FORMAT_VERSION}; models of earlier versions have other layers and are not read
 * @param modelId the identity of the model, a hash of everything that predictions depend on: the weights, the
 *     temperature, the encoder and the labels
 * @param created the time of creation, an ISO-8601 instant in UTC
 * @param gitCommit the commit of the code that trained the model; "unknown" outside a checkout
 * @param encoder the name of the encoder
 * @param encoderPath the folder that the encoder was opened from, absolute or a URI; {@value #EMBEDDED} for the one
 *     inside the bundle; "" for an encoder without a folder
 * @param encoderFingerprint a hash of every setting and weight that the encoder's output depends on
 * @param labels the emotions in label order
 * @param sampleRate the sample rate in Hz
 * @param timeMultiple the number of frames of which the padded length of a batch must be a multiple
 * @param temperature the temperature of the network's probabilities, see {@link org.speechemotion.metrics.Calibrator}
 * @param bias the bias of each emotion, see {@link org.speechemotion.metrics.Calibrator}; empty for none
 * @param settings the run's resolved settings, as HOCON
 * @param split the side of the split of each speaker: speaker id → side
 * @param clips the number of clips on each side: corpus → side → clips
 * @param metrics the metrics of the run
 * @param acoustics the ranges of the acoustic properties of the clips on the training side; null if they are not known
 * @param files the hexadecimal SHA-256 of every other file of the bundle: name → hash
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BundleManifest(
        int formatVersion,
        String modelId,
        String created,
        String gitCommit,
        String encoder,
        String encoderPath,
        String encoderFingerprint,
        List<String> labels,
        int sampleRate,
        int timeMultiple,
        double temperature,
        List<Double> bias,
        String settings,
        Map<String, String> split,
        Map<String, Map<String, Long>> clips,
        Map<String, Object> metrics,
        AcousticRanges acoustics,
        Map<String, String> files) {

    public static final int FORMAT_VERSION = 4;
    public static final String EMBEDDED = "encoder";

    /** The name among the metrics of the list of the emotions that had training clips. */
    public static final String TRAINED_EMOTIONS = "trained_emotions";

    /** The name among the metrics of the number of epochs in which the validation side trained, too. */
    public static final String REFIT_EPOCHS = "refit_epochs";

    private static final int MAX_TIME_MULTIPLE = 1 << 16;
    /** The maximum size in bytes, enough for a split of more than 100,000 speakers. */
    private static final int MAX_BYTES = 64 << 20;

    private static final Pattern MODEL_ID = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final ObjectMapper JSON = StrictJson.mapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** The only field that is read of an unknown format. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Format(int formatVersion) {}

    public BundleManifest {
        bias = bias == null ? List.of() : bias;
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("model.json could not be written", impossible);
        }
    }

    /**
     * Reads the JSON of {@link #toJson}. Unknown fields, which a later release may add, are ignored.
     *
     * @throws BundleException if it is not a manifest that this version reads
     */
    static BundleManifest fromJson(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new BundleException("model.json has " + json.length + " bytes; allowed: at most " + MAX_BYTES);
        }
        int version = parse(json, Format.class).formatVersion;
        if (version != FORMAT_VERSION) {
            throw new BundleException("model.json has format version " + version + "; this version reads "
                    + FORMAT_VERSION + ", so train the model again");
        }
        BundleManifest manifest = parse(json, BundleManifest.class);
        present("labels", manifest.labels);
        try {
            manifest.emotions();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new BundleException("model.json has the labels " + manifest.labels + ": " + e.getMessage(), e);
        }
        if (manifest.modelId == null || !MODEL_ID.matcher(manifest.modelId).matches()) {
            // It is the name of a folder if scores are partitioned by model.
            throw new BundleException(
                    "model.json has modelId " + manifest.modelId + "; allowed: 16 hexadecimal digits");
        }
        present("encoder", manifest.encoder);
        present("encoderPath", manifest.encoderPath);
        present("encoderFingerprint", manifest.encoderFingerprint);
        present("settings", manifest.settings);
        present("split", manifest.split);
        present("files", manifest.files);
        manifest.files.forEach((file, hash) -> {
            if (hash == null || !SHA_256.matcher(hash).matches()) {
                throw new BundleException(
                        "model.json has files." + file + " " + hash + "; allowed: a SHA-256 of 64 hexadecimal digits");
            }
        });
        if (!manifest.files.containsKey(ModelBundle.WEIGHTS)) {
            throw new BundleException("model.json lacks files." + ModelBundle.WEIGHTS);
        }
        positive("sampleRate", manifest.sampleRate);
        positive("timeMultiple", manifest.timeMultiple);
        // Every clip is padded to a multiple of it, so it decides about memory.
        if (manifest.timeMultiple > MAX_TIME_MULTIPLE) {
            throw new BundleException(
                    "model.json has timeMultiple " + manifest.timeMultiple + "; allowed: 1 to " + MAX_TIME_MULTIPLE);
        }
        if (!Temperature.isValid(manifest.temperature)) {
            throw new BundleException(
                    "model.json has temperature " + manifest.temperature + "; allowed: a finite number above 0");
        }
        if (!manifest.bias.isEmpty() && manifest.bias.size() != manifest.labels.size()) {
            throw new BundleException("model.json has bias " + manifest.bias + "; allowed: [], or one of each of the "
                    + manifest.labels.size() + " labels");
        }
        try {
            manifest.calibrator();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new BundleException("model.json: " + e.getMessage(), e);
        }
        return manifest;
    }

    /** Returns the calibration of the network's probabilities. */
    public Calibrator calibrator() {
        return new Calibrator(temperature, bias);
    }

    /** Returns the emotions that the model distinguishes. */
    public EmotionSet emotions() {
        return EmotionSet.ofModel(labels);
    }

    /** Returns the emotions that the model was trained on; all of them if the manifest, like earlier ones, does not say. */
    public Set<Emotion> trainedEmotions() {
        if (metrics == null || !(metrics.get(TRAINED_EMOTIONS) instanceof List<?> ids)) {
            return new TreeSet<>(emotions().emotions());
        }
        return emotions().stream()
                .filter(emotion -> ids.contains(emotion.id()))
                .collect(Collectors.toCollection(() -> new TreeSet<Emotion>()));
    }

    /** Returns whether the speakers of the validation side have trained the model after they had calibrated it. */
    public boolean isRefit() {
        return metrics != null && metrics.get(REFIT_EPOCHS) instanceof Number epochs && epochs.longValue() > 0;
    }

    /** Returns this manifest with an identity and with additional files. */
    BundleManifest identified(String modelId, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(files);
        all.putAll(more);
        return new BundleManifestBuilder(this).modelId(modelId).files(all).build();
    }

    /** Returns this manifest with another calibration, whose speakers are on the validation side if on none yet. */
    BundleManifest calibrated(Calibrator calibrator, Set<String> speakers, String time) {
        Map<String, String> sides = new TreeMap<>(split);
        speakers.forEach(speaker -> sides.putIfAbsent(speaker, "validation"));
        return new BundleManifestBuilder(this)
                .created(time)
                .calibrator(calibrator)
                .split(sides)
                .build();
    }

    private static <T> T parse(byte[] json, Class<T> type) {
        T value;
        try {
            value = JSON.readValue(json, type);
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new BundleException("model.json is not a valid manifest:  " + message, e);
        }
        if (value == null) {
            throw new BundleException("model.json is not a valid manifest:  it is null");
        }
        return value;
    }

    private static void present(String field, Object value) {
        if (value == null) {
            throw new BundleException("model.json lacks " + field);
        }
    }

    private static void positive(String field, int value) {
        if (value < 1) {
            throw new BundleException("model.json has " + field + " " + value + "; allowed: at least 1");
        }
    }
}
