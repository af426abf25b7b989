package org.speechemotion.onnx;

/** A named constant of a node. */
public final class Attribute {
    private final ProtobufMessage message = new ProtobufMessage();

    private Attribute(String name) {
        message.text(1, name);
    }

    /** Returns an attribute that is an integer. */
    public static Attribute of(String name, long value) {
        Attribute attribute = new Attribute(name);
        attribute.message.integer(3, value).integer(20, 2);
        return attribute;
    }

    /** Returns an attribute that is a number. */
    public static Attribute of(String name, double value) {
        Attribute attribute = new Attribute(name);
        attribute.message.number(2, (float) value).integer(20, 1);
        return attribute;
    }

    /** Returns an attribute that is a list of integers. */
    public static Attribute list(String name, long... values) {
        Attribute attribute = new Attribute(name);
        for (long value : values) {
            attribute.message.integer(8, value);
        }
        attribute.message.integer(20, 7);
        return attribute;
    }

    ProtobufMessage message() {
        return message;
    }
}
