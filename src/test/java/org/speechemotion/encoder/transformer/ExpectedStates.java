package org.speechemotion.encoder.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The float32 tensors of a folder's {@code expected.safetensors}: the outputs of Hugging Face for a checkpoint. */
public final class ExpectedStates {
    private final JsonNode header;
    private final ByteBuffer data;
    private final TransformerConfig config;
    private final float[] normGain;
    private final float[] normShift;

    private ExpectedStates(JsonNode header, ByteBuffer data, EncoderFolder checkpoint) {
        this.header = header;
        this.data = data;
        config = checkpoint.config();
        normGain = checkpoint.tensors().read(TensorNames.NORM + ".weight");
        normShift = checkpoint.tensors().read(TensorNames.NORM + ".bias");
    }

    public static ExpectedStates of(Path folder, EncoderFolder checkpoint) {
        try {
            ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("expected.safetensors")))
                    .order(ByteOrder.LITTLE_ENDIAN);
            int length = Math.toIntExact(file.getLong(0));
            JsonNode header = new ObjectMapper().readTree(file.array(), Long.BYTES, length);
            int start = Long.BYTES + length;
            return new ExpectedStates(
                    header, file.slice(start, file.capacity() - start).order(ByteOrder.LITTLE_ENDIAN), checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the expected states of a folder. */
    public static ExpectedStates of(Path folder) {
        try (EncoderFolder checkpoint = EncoderFolder.open(folder)) {
            return of(folder, checkpoint);
        }
    }

    /** Returns the output of the model for a single clip, {@code [frames, width]}. */
    public float[] last(int clip) {
        return read("single." + clip + ".last");
    }

    /** Clips as they were recorded, before any normalisation. */
    public List<float[]> waves() {
        List<float[]> waves = new ArrayList<>();
        while (header.has("wave." + waves.size())) {
            waves.add(read("wave." + waves.size()));
        }
        return waves;
    }

    /** Clips as the encoder wants them: {@code Wav2Vec2FeatureExtractor.zero_mean_unit_var_norm} where it normalises. */
    public List<float[]> inputs(boolean normalizes) {
        return normalizes ? waves().stream().map(ExpectedStates::normalized).toList() : waves();
    }

    /**
     * Returns a hidden state of a clip that was encoded alone, {@code [frames, width]}. For the last state of a pre-norm
     * model, transformers 5 lists the output of the last layer; the final norm, which {@link Tap.Hidden} has, is added here.
     */
    public float[] hidden(int clip, int index) {
        float[] hidden = read("single." + clip + ".hidden." + index);
        if (config.preNorm() && index == config.layers()) {
            for (int start = 0; start < hidden.length; start += config.width()) {
                normalize(hidden, start);
            }
        }
        return hidden;
    }

    /** Returns the output of the convolutions for a single clip, {@code [frames, featureWidth]}; empty if it is missing. */
    public float[] features(int clip) {
        String name = "single." + clip + ".features";
        return header.has(name) ? read(name) : new float[0];
    }

    /** Names that begin with a prefix. */
    public List<String> names(String prefix) {
        List<String> names = new ArrayList<>();
        header.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> !name.startsWith(prefix));
        return names;
    }

    /** Any other float32 tensor. */
    public float[] read(String name) {
        JsonNode offsets = header.path(name).path("data_offsets");
        if (offsets.isMissingNode() || !header.path(name).path("dtype").asText().equals("F32")) {
            throw new IllegalArgumentException("expected.safetensors holds no float32 tensor " + name);
        }
        int start = offsets.get(0).asInt();
        float[] values = new float[(offsets.get(1).asInt() - start) / Float.BYTES];
        data.slice(start, values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private void normalize(float[] values, int start) {
        int width = config.width();
        double mean = 0;
        for (int i = 0; i < width; i++) {
            mean += values[start + i] / (double) width;
        }
        double variance = 0;
        for (int i = 0; i < width; i++) {
            variance += (values[start + i] - mean) * (values[start + i] - mean) / width;
        }
        double scale = 1 / Math.sqrt(variance + config.epsilon());
        for (int i = 0; i < width; i++) {
            values[start + i] = (float) ((values[start + i] - mean) * scale * normGain[i] + normShift[i]);
        }
    }

    private static float[] normalized(float[] wave) {
        double sum = 0;
        for (float sample : wave) {
            sum += sample;
        }
        double mean = sum / wave.length;
        double squares = 0;
        for (float sample : wave) {
            squares += (sample - mean) * (sample - mean);
        }
        double scale = 1 / Math.sqrt(squares / wave.length + 1e-7);
        float[] normalized = new float[wave.length];
        for (int i = 0; i < wave.length; i++) {
            normalized[i] = (float) ((wave[i] - mean) * scale);
        }
        return normalized;
    }
}
