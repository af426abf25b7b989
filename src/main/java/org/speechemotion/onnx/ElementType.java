package org.speechemotion.onnx;

/** The types of values that graphs have here, with their numbers in {@code TensorProto.DataType}. */
public enum ElementType {
    FLOAT(1, 4),
    INT8(3, 1),
    INT64(7, 8),
    FLOAT16(10, 2);

    private final int code;
    private final int bytes;

    ElementType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    int code() {
        return code;
    }

    /** Returns the size of one value in bytes. */
    int bytes() {
        return bytes;
    }
}
