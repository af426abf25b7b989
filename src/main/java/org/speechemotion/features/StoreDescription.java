package org.speechemotion.features;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.common.Sha256;
import org.speechemotion.encoder.Encoder;

/**
 * Everything that determines the content of a store. Two stores with equal descriptions hold equal frames for equal clips.
 *
 * @param formatVersion {@value #FORMAT_VERSION}; it changes with the layout and with the result of any augmentation
 * @param encoder the name of the encoder
 * @param encoderFingerprint the hash of every setting and weight that determines the output of the encoder
 * @param sampleRate the sample rate of the input in Hz
 * @param width the number of values per frame, at least 1
 * @param values the type of the stored values
 * @param views the number of augmented views of a clip, at least 0
 * @param augmentation the chain and its seed in words; "" if there are no views
 * @param augmentationSha256 the hash of {@code augmentation} and of the names of all recordings that it draws from; "" if
 *     there are no views
 */
@JsonPropertyOrder(alphabetic = true)
public record StoreDescription(
        int formatVersion,
        String encoder,
        String encoderFingerprint,
        int sampleRate,
        int width,
        ValueType values,
        int views,
        String augmentation,
        String augmentationSha256)
        implements Serializable {
    /** The name of the file in the folder of a store. */
    public static final String FILE = "_store.json";

    public static final int FORMAT_VERSION = 1;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** The part of the description that every format version has. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Format(int formatVersion) {}

    public StoreDescription {
        Objects.requireNonNull(values, "values");
        if (width < 1 || views < 0) {
            throw new IllegalArgumentException(
                    "width is " + width + " and views is " + views + "; allowed: width from 1 and views from 0");
        }
    }

    /**
     * Describes the store of the given settings. A chain that changes nothing has no augmented views.
     *
     * @param settings the number of views and the type of the values
     * @param sounds maps each folder of the chain to its recordings
     */
    public static StoreDescription of(
            Encoder encoder, FeatureSettings settings, AugmentationChain chain, Map<String, List<String>> sounds) {
        int views = chain.isEmpty() ? 0 : settings.views();
        String augmentation = views == 0 ? "" : chain.toString();
        return new StoreDescription(
                FORMAT_VERSION,
                encoder.name(),
                encoder.fingerprint(),
                encoder.sampleRate(),
                encoder.width(),
                settings.values(),
                views,
                augmentation,
                views == 0 ? "" : Sha256.of(augmentation + new TreeMap<>(sounds)));
    }

    /** Returns the SHA-256 of this description in hexadecimal. */
    public String hash() {
        return Sha256.of(toJson());
    }

    /** Returns each difference from the description of a store, such as {@code views is 4 there and 2 here}. */
    public List<String> differences(StoreDescription there) {
        JsonNode others = JSON.valueToTree(there);
        List<String> differences = new ArrayList<>();
        JSON.valueToTree(this).fields().forEachRemaining(field -> {
            JsonNode other = others.get(field.getKey());
            if (!field.getValue().equals(other)) {
                differences.add(field.getKey() + " is " + other + " there and " + field.getValue() + " here");
            }
        });
        return differences;
    }

    /** Returns UTF-8 JSON with the fields in alphabetical order. */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the description of a store cannot be written", impossible);
        }
    }

    /**
     * Parses the result of {@link #toJson}.
     *
     * @throws IllegalArgumentException if this is not a description, or has an unknown format version
     */
    public static StoreDescription fromJson(byte[] json) {
        int version = parse(json, Format.class).formatVersion;
        if (version != FORMAT_VERSION) {
            throw new IllegalArgumentException("formatVersion is " + version + "; allowed: " + FORMAT_VERSION);
        }
        return parse(json, StoreDescription.class);
    }

    private static <T> T parse(byte[] json, Class<T> type) {
        try {
            T value = JSON.readValue(new String(json, StandardCharsets.UTF_8), type);
            if (value == null) {
                throw new IllegalArgumentException("the description is null");
            }
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }
}
