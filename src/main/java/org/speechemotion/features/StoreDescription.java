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
 * All that decides what is in a store: two of the same description hold the same frames for the same clips.
 *
 * @param formatVersion {@value #FORMAT_VERSION}: another one where the layout changes, or what an augmentation computes
 * @param encoder its name
 * @param encoderFingerprint of every setting and weight that decides its output
 * @param sampleRate of the audio it was given, in Hz
 * @param width values of a frame, at least 1
 * @param values how they are stored
 * @param views augmented ones of a clip, at least 0
 * @param augmentation the chain and its seed in words; "" where there are no views
 * @param augmentationSha256 of the same and of the names of all recordings that it draws from; "" where there are no views
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
    /** The file of a store that holds it. */
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

    /** All that an unknown format is asked for. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Format(int formatVersion) {}

    public StoreDescription {
        Objects.requireNonNull(values, "values");
        if (width < 1 || views < 0) {
            throw new IllegalArgumentException(
                    "width is " + width + " and views is " + views + ": allowed are a width from 1 and views from 0");
        }
    }

    /**
     * What a store would hold. A chain that changes nothing has no views: they would all be the clean one.
     *
     * @param settings the number of views, and how values are stored
     * @param sounds the chain's folders → the recordings in them
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

    /** SHA-256, in hex, of all of it. */
    public String hash() {
        return Sha256.of(toJson());
    }

    /** Where this and what a store says of itself differ: {@code views is 4 there and 2 here}. */
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

    /** UTF-8, fields in the order of their names. */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a store's description could not be written", impossible);
        }
    }

    /**
     * Reads what {@link #toJson} writes.
     *
     * @throws IllegalArgumentException where this is no description, or of a format that this version does not read
     */
    public static StoreDescription fromJson(byte[] json) {
        int version = parse(json, Format.class).formatVersion;
        if (version != FORMAT_VERSION) {
            throw new IllegalArgumentException(
                    "formatVersion is " + version + ": this version reads " + FORMAT_VERSION);
        }
        return parse(json, StoreDescription.class);
    }

    private static <T> T parse(byte[] json, Class<T> type) {
        try {
            T value = JSON.readValue(new String(json, StandardCharsets.UTF_8), type);
            if (value == null) {
                throw new IllegalArgumentException("it is null");
            }
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }
}
