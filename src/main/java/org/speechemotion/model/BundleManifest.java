package org.speechemotion.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.speechemotion.common.StrictJson;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.Temperature;

/**
 * What {@code model.json} says of a bundle.
 *
 * @param formatVersion {@value #FORMAT_VERSION}; a manifest of version 1, which had no temperature, becomes one with temperature 1
 * @param modelId changes whenever a prediction could: from the weights, the temperature, the encoder and the labels
 * @param created ISO-8601 instant, UTC
 * @param gitCommit of the code that trained it, "unknown" outside a checkout
 * @param encoder its name
 * @param encoderPath the folder that the encoder was opened from, absolute or a URI; {@value #EMBEDDED} for the one inside
 *     the bundle; "" for an encoder without one
 * @param encoderFingerprint of every setting and weight that decides the encoder's output
 * @param labels the emotions in label order
 * @param sampleRate Hz
 * @param timeMultiple what the network needs the time of a batch to be a multiple of
 * @param temperature at which the network's probabilities are given, see {@link org.speechemotion.metrics.Temperature}
 * @param settings the run's resolved settings, as HOCON
 * @param split actor id → side
 * @param clips corpus → clips of each side
 * @param metrics what the run measured
 * @param files name → SHA-256, hexadecimal, of every other file of the bundle
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
        String settings,
        Map<String, String> split,
        Map<String, Map<String, Long>> clips,
        Map<String, Object> metrics,
        Map<String, String> files) {

    public static final int FORMAT_VERSION = 2;
    public static final String EMBEDDED = "encoder";

    private static final int MAX_TIME_MULTIPLE = 1 << 16;
    /** Of the split of a hundred thousand actors, and more. */
    private static final int MAX_BYTES = 64 << 20;

    /** Without a temperature. */
    private static final int FIRST_VERSION = 1;

    private static final Pattern MODEL_ID = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final ObjectMapper JSON = StrictJson.mapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** All that an unknown format is asked for. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Format(int formatVersion) {}

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("model.json could not be written", impossible);
        }
    }

    /**
     * Reads what {@link #toJson} writes. Fields that a later release adds are passed over.
     *
     * @throws BundleException where this is not a manifest that this version reads
     */
    static BundleManifest fromJson(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new BundleException("model.json has " + json.length + " bytes; allowed are " + MAX_BYTES);
        }
        int version = parse(json, Format.class).formatVersion;
        if (version != FORMAT_VERSION && version != FIRST_VERSION) {
            throw new BundleException("model.json has format version " + version + "; this version reads "
                    + FIRST_VERSION + " and " + FORMAT_VERSION);
        }
        BundleManifest manifest = parse(json, BundleManifest.class);
        if (version == FIRST_VERSION) {
            manifest = manifest.with(manifest.modelId, Temperature.NEUTRAL, manifest.files);
        }
        List<String> known = Arrays.stream(Emotion.values()).map(Emotion::id).toList();
        if (!known.equals(manifest.labels)) {
            throw new BundleException("model.json has the labels " + manifest.labels + "; this version knows " + known);
        }
        if (manifest.modelId == null || !MODEL_ID.matcher(manifest.modelId).matches()) {
            // It becomes a folder's name where scores are kept by model.
            throw new BundleException(
                    "model.json has modelId " + manifest.modelId + ": allowed are 16 hexadecimal digits");
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
                        "model.json has files." + file + " " + hash + ": expected a SHA-256 of 64 hexadecimal digits");
            }
        });
        if (!manifest.files.containsKey(ModelBundle.WEIGHTS)) {
            throw new BundleException("model.json lacks files." + ModelBundle.WEIGHTS);
        }
        positive("sampleRate", manifest.sampleRate);
        positive("timeMultiple", manifest.timeMultiple);
        // Every clip is padded to a multiple of it.
        if (manifest.timeMultiple > MAX_TIME_MULTIPLE) {
            throw new BundleException(
                    "model.json has timeMultiple " + manifest.timeMultiple + ": allowed are 1 to " + MAX_TIME_MULTIPLE);
        }
        if (!Temperature.isValid(manifest.temperature)) {
            throw new BundleException(
                    "model.json has temperature " + manifest.temperature + ": allowed is a number above 0");
        }
        return manifest;
    }

    /** This manifest, with an identity and these files too. */
    BundleManifest identified(String modelId, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(files);
        all.putAll(more);
        return with(modelId, temperature, all);
    }

    private BundleManifest with(String modelId, double temperature, Map<String, String> files) {
        return new BundleManifest(
                FORMAT_VERSION,
                modelId,
                created,
                gitCommit,
                encoder,
                encoderPath,
                encoderFingerprint,
                labels,
                sampleRate,
                timeMultiple,
                temperature,
                settings,
                split,
                clips,
                metrics,
                files);
    }

    private static <T> T parse(byte[] json, Class<T> type) {
        T value;
        try {
            value = JSON.readValue(json, type);
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new BundleException("model.json is not a model's description: " + message, e);
        }
        if (value == null) {
            throw new BundleException("model.json is not a model's description: it is null");
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
            throw new BundleException("model.json has " + field + " " + value + ": allowed is 1 or more");
        }
    }
}
