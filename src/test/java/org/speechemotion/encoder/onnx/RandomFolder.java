package org.speechemotion.encoder.onnx;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.speechemotion.encoder.transformer.ConfigFile;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfigReader;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.weights.Shape;

/**
 * Writes a Hugging Face folder of HuBERT-base's sizes with random weights, always the same: for benchmarks, and for
 * training where no checkpoint can be had. Drawn as {@code transformers} draws new weights.
 */
public final class RandomFolder {
    private static final List<Integer> KERNELS = List.of(10, 3, 3, 3, 3, 2, 2);
    private static final List<Integer> STRIDES = List.of(5, 2, 2, 2, 2, 2, 2);

    private static final double POSITION_DEVIATION = 2 * Math.sqrt(1.0 / (128 * 768));

    private RandomFolder() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: encoder-folder OUT");
        }
        write(Path.of(arguments[0]));
    }

    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path config = Files.writeString(
                folder.resolve("config.json"),
                """
                {"model_type": "hubert", "architectures": ["HubertModel"], "hidden_size": 768, "num_hidden_layers": 12,
                 "num_attention_heads": 12, "intermediate_size": 3072, "conv_dim": %s, "conv_kernel": %s,
                 "conv_stride": %s, "conv_bias": false, "feat_extract_norm": "group", "do_stable_layer_norm": false,
                 "num_conv_pos_embeddings": 128, "num_conv_pos_embedding_groups": 16, "layer_norm_eps": 1e-5}
                """
                        .formatted(Collections.nCopies(KERNELS.size(), 512), KERNELS, STRIDES));
        Files.writeString(
                folder.resolve("preprocessor_config.json"),
                """
                {"do_normalize": false, "feature_extractor_type": "Wav2Vec2FeatureExtractor", "feature_size": 1,
                 "padding_side": "right", "padding_value": 0.0, "return_attention_mask": false, "sampling_rate": 16000}
                """);
        Map<String, Shape> shapes =
                new TreeMap<>(TensorNames.all(TransformerConfigReader.read(ConfigFile.read(config))));
        Shape position = shapes.remove(TensorNames.POSITION + ".weight");
        shapes.put(TensorNames.POSITION + ".weight_g", Shape.of(1, 1, 128));
        shapes.put(TensorNames.POSITION + ".weight_v", position);
        try (OutputStream file = Files.newOutputStream(folder.resolve("model.safetensors"));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(file, 1 << 20))) {
            byte[] header = header(shapes).getBytes(StandardCharsets.UTF_8);
            out.writeLong(Long.reverseBytes(header.length));
            out.write(header);
            for (Map.Entry<String, Shape> tensor : shapes.entrySet()) {
                out.write(bytes(values(tensor.getKey(), tensor.getValue())));
            }
        }
    }

    private static String header(Map<String, Shape> shapes) {
        StringJoiner entries = new StringJoiner(",", "{", "}");
        entries.add("\"__metadata__\":{\"format\":\"pt\"}");
        long start = 0;
        for (Map.Entry<String, Shape> tensor : shapes.entrySet()) {
            long end = start + tensor.getValue().count() * Float.BYTES;
            entries.add("\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.getKey(), tensor.getValue(), start, end));
            start = end;
        }
        // Spaces up to whole words of eight bytes, like the files of Hugging Face: ONNX Runtime maps aligned tensors
        // only.
        String json = entries.toString();
        return json + " ".repeat(Math.floorMod(-json.length(), Long.BYTES));
    }

    /** Weights of norms are 1, biases 0 and matrices normal, with a deviation of 0.02 in linear layers and √(2 / inputs) in convolutions. */
    private static float[] values(String name, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.count())];
        List<Long> sizes = shape.sizes();
        KeyedRandom random = new KeyedRandom(1, "random-folder", name);
        double deviation = 0.02;
        double mean = 0;
        if (sizes.size() == 1) {
            deviation = 0;
            mean = name.endsWith("norm.weight") ? 1 : 0;
        } else if (name.endsWith("weight_g")) {
            // The norm of the values at one position of the kernel.
            deviation = 0;
            mean = Math.sqrt(768 * 48) * POSITION_DEVIATION;
        } else if (name.endsWith("weight_v")) {
            deviation = POSITION_DEVIATION;
        } else if (name.endsWith("conv.weight")) {
            deviation = Math.sqrt(2.0 / (sizes.get(1) * sizes.get(2)));
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + (deviation == 0 ? 0 : deviation * random.nextGaussian()));
        }
        return values;
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
