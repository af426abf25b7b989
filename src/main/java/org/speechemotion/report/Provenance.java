package org.speechemotion.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;

/**
 * Where a run's result comes from, as {@code provenance.json} holds it.
 *
 * @param created ISO-8601 instant, UTC
 * @param seconds from the catalog to the test figures
 * @param gitCommit of the code
 * @param seed of training
 * @param encoder its name
 * @param encoderFingerprint of every setting and weight that decides the encoder's output
 * @param catalogSha256 of the clips' contents, actors, emotions and votes
 * @param clips corpus → side → how many
 * @param trainedClasses how many of the emotions have clips on the training side
 * @param keptEpochs the first and the last of the epochs that the model is of, counted from 1
 * @param settings all of them, resolved
 */
public record Provenance(
        String created,
        double seconds,
        String gitCommit,
        long seed,
        String encoder,
        String encoderFingerprint,
        String catalogSha256,
        Map<String, Map<String, Long>> clips,
        long trainedClasses,
        List<Integer> keptEpochs,
        Versions versions,
        Topology topology,
        Map<String, Object> settings) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** Of the libraries that compute. */
    public record Versions(String spark, String dl4j, String nd4j, String java) {}

    /**
     * What it ran on.
     *
     * @param cores of all executors
     * @param workers that trained at the same time
     * @param executors where they ran, a host for each
     * @param executorMemory as Spark writes it
     * @param driverMemoryMebibytes most heap of the driver
     * @param system its operating system and processor
     */
    public record Topology(
            String master,
            int cores,
            int workers,
            List<String> executors,
            String executorMemory,
            long driverMemoryMebibytes,
            String system) {}

    /** How many clips there are on all sides. */
    public long clipCount() {
        return clips.values().stream()
                .flatMap(sides -> sides.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("provenance.json could not be written", impossible);
        }
    }
}
