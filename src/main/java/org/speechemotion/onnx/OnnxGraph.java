package org.speechemotion.onnx;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph in the <a href="https://github.com/onnx/onnx/blob/main/docs/IR.md">ONNX format</a>, IR version 11, of the standard
 * operators of opset 23. Values are referred to by their names.
 */
public final class OnnxGraph {
    /** The first with {@code Attention}; {@code Gelu} is of 20. */
    public static final int OPSET = 23;

    private static final int IR_VERSION = 11;
    /** A message of Protocol Buffers has at most 2 GiB. */
    private static final long MAX_BYTES = Integer.MAX_VALUE;

    private final String name;
    private final List<ProtobufMessage> nodes = new ArrayList<>();
    private final Map<String, ProtobufMessage> initializers = new LinkedHashMap<>();
    private final List<ProtobufMessage> inputs = new ArrayList<>();
    private final List<ProtobufMessage> outputs = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    public OnnxGraph(String name) {
        this.name = name;
    }

    /**
     * Declares an input of 32-bit floats.
     *
     * @param axes for each axis its name, or its size if it is a number
     * @return its name
     */
    public String input(String input, Object... axes) {
        inputs.add(value(input, axes));
        return input;
    }

    /** Declares an output of 32-bit floats: an existing value under a new name. */
    public void output(String output, String value, Object... axes) {
        node("Identity", List.of(output), List.of(value));
        outputs.add(value(output, axes));
    }

    /** Adds an entry to the metadata of the model. */
    public void metadata(String key, String value) {
        metadata.put(key, value);
    }

    /**
     * Adds a node with one output.
     *
     * @param operator a standard operator
     * @return the name of the output
     */
    public String add(String operator, List<String> arguments, Attribute... attributes) {
        return add(operator, arguments, 1, attributes).get(0);
    }

    /** Adds a node with several outputs, and returns their names. */
    public List<String> add(String operator, List<String> arguments, int count, Attribute... attributes) {
        String first = operator + "_" + nodes.size();
        List<String> results = new ArrayList<>(List.of(first));
        for (int i = 1; i < count; i++) {
            results.add(first + "_" + i);
        }
        node(operator, results, arguments, attributes);
        return results;
    }

    /** Returns whether there is a constant of this name. */
    public boolean hasConstant(String constant) {
        return initializers.containsKey(constant);
    }

    /** Adds a constant, unless there is one of the name, and returns the name. */
    public String constant(String constant, TensorValues values, long... shape) {
        initializers.computeIfAbsent(
                constant, absent -> tensor(constant, values.type(), shape).values(9, values));
        return constant;
    }

    /** Adds a scalar, unless it exists. */
    public String scalar(double value) {
        return constant("scalar_" + (float) value, TensorValues.floats((float) value));
    }

    /** Adds a list of integers, such as a shape, unless it exists. */
    public String integers(long... values) {
        StringBuilder constant = new StringBuilder("integers");
        for (long value : values) {
            constant.append('_').append(value);
        }
        return constant(constant.toString(), TensorValues.longs(values), values.length);
    }

    /**
     * Adds a constant of 32-bit floats whose values are in a file.
     *
     * @param file the file, relative to the folder that the reader knows
     * @param offset the offset of the values in bytes
     */
    public String external(String constant, String file, long offset, long... shape) {
        long bytes = Float.BYTES;
        for (long size : shape) {
            bytes = Math.multiplyExact(bytes, size);
        }
        ProtobufMessage tensor = tensor(constant, ElementType.FLOAT, shape)
                .message(13, entry("location", file))
                .message(13, entry("offset", String.valueOf(offset)))
                .message(13, entry("length", String.valueOf(bytes)))
                .integer(14, 1);
        initializers.putIfAbsent(constant, tensor);
        return constant;
    }

    /**
     * Writes the model.
     *
     * @throws IOException if it cannot be written, or has more bytes than the format allows
     */
    public void writeTo(OutputStream out) throws IOException {
        ProtobufMessage model = model();
        if (model.size() > MAX_BYTES) {
            throw new IOException(
                    "the ONNX model has " + model.size() + " bytes; allowed by the format: at most " + MAX_BYTES);
        }
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        model.writeTo(buffered);
        buffered.flush();
    }

    /** Returns the model as {@link #writeTo} writes it. */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private ProtobufMessage model() {
        ProtobufMessage graph = new ProtobufMessage();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        initializers.values().forEach(tensor -> graph.message(5, tensor));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        ProtobufMessage model = new ProtobufMessage()
                .integer(1, IR_VERSION)
                .text(2, "speech-emotion-spark")
                .message(7, graph)
                .message(8, new ProtobufMessage().text(1, "").integer(2, OPSET));
        metadata.forEach((key, value) -> model.message(14, entry(key, value)));
        return model;
    }

    private void node(String operator, List<String> results, List<String> arguments, Attribute... attributes) {
        ProtobufMessage node = new ProtobufMessage();
        arguments.forEach(argument -> node.text(1, argument));
        results.forEach(result -> node.text(2, result));
        node.text(3, results.get(0)).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.message());
        }
        nodes.add(node);
    }

    private static ProtobufMessage tensor(String constant, ElementType type, long... shape) {
        ProtobufMessage tensor = new ProtobufMessage();
        for (long size : shape) {
            tensor.integer(1, size);
        }
        return tensor.integer(2, type.code()).text(8, constant);
    }

    private static ProtobufMessage value(String value, Object... axes) {
        ProtobufMessage shape = new ProtobufMessage();
        for (Object axis : axes) {
            ProtobufMessage dimension = new ProtobufMessage();
            shape.message(
                    1,
                    axis instanceof Number size
                            ? dimension.integer(1, size.longValue())
                            : dimension.text(2, axis.toString()));
        }
        ProtobufMessage tensor =
                new ProtobufMessage().integer(1, ElementType.FLOAT.code()).message(2, shape);
        return new ProtobufMessage().text(1, value).message(2, new ProtobufMessage().message(1, tensor));
    }

    private static ProtobufMessage entry(String key, String value) {
        return new ProtobufMessage().text(1, key).text(2, value);
    }
}
