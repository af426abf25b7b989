package org.speechemotion.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;

/**
 * The provenance of a run's result, the content of {@code provenance.json}.
 *
 * @param created the time of creation, an ISO-8601 instant in UTC
 * @param seconds the duration in s from the catalog to the test scores
 * @param gitCommit the commit of the code
 * @param seed the seed of the training
 * @param encoder the name of the encoder
 * @param encoderFingerprint a hash of every setting and weight that the encoder's output depends on
 * @param catalogSha256 a hash of the clips' contents, speakers, emotions and votes
 * @param clips the numbers of clips: corpus → side → clips
 * @param keptEpochs the first and the last epoch of the model, counted from 1
 * @param settings all resolved settings
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

    /** The versions of the libraries that influence results. */
    public record Versions(String spark, String dl4j, String nd4j, String java) {}

    /**
     * The machines of the run.
     *
     * @param cores the number of cores of all executors
     * @param workers the number of workers that trained in parallel
     * @param executors the host of each executor
     * @param executorMemory the memory of an executor in Spark's notation
     * @param driverMemoryMebibytes the maximum heap of the driver in MiB
     * @param system the operating system and processor of the driver
     */
    public record Topology(
            String master,
            int cores,
            int workers,
            List<String> executors,
            String executorMemory,
            long driverMemoryMebibytes,
            String system) {}

    /** Returns the number of clips on all sides. */
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
