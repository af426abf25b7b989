package org.speechemotion.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.metrics.Calibrator;

/** Writes a model's trained parameters, under DL4J's names, and its calibration as a safetensors file: for a rival that scores with the same head. */
public final class HeadExport {
    private HeadExport() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("usage: HeadExport MODEL FILE");
        }
        EmotionModel model = ModelBundle.read(Path.of(arguments[0])).open();
        Map<String, INDArray> parameters = new TreeMap<>(model.graph().paramTable());
        Calibrator calibrator = model.calibrator();
        INDArray bias = Nd4j.zeros(model.emotions().size());
        for (int i = 0; i < calibrator.bias().size(); i++) {
            bias.putScalar(i, calibrator.bias().get(i));
        }
        parameters.put("calibration_bias", bias);
        parameters.put("calibration_temperature", Nd4j.createFromArray((float) calibrator.temperature()));
        StringJoiner header = new StringJoiner(",", "{", "}");
        long start = 0;
        for (Map.Entry<String, INDArray> parameter : parameters.entrySet()) {
            long end = start + parameter.getValue().length() * Float.BYTES;
            header.add("\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                    .formatted(parameter.getKey(), shape(parameter.getValue()), start, end));
            start = end;
        }
        byte[] bytes = header.toString().getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[1]))) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(bytes.length)
                    .array());
            out.write(bytes);
            for (INDArray values : parameters.values()) {
                ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(values.length() * Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
                buffer.asFloatBuffer().put(values.dup('c').data().asFloat());
                out.write(buffer.array());
            }
        }
    }

    private static String shape(INDArray values) {
        StringJoiner sizes = new StringJoiner(",");
        for (long size : values.shape()) {
            sizes.add(String.valueOf(size));
        }
        return sizes.toString();
    }
}
