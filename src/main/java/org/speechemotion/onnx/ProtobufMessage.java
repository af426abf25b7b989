package org.speechemotion.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the wire format of <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers</a>. It is a
 * list of pieces of known sizes, so that weights are neither copied nor encoded before they are written.
 */
final class ProtobufMessage {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final List<Piece> pieces = new ArrayList<>();
    private long size;

    /** Bytes of a known number. */
    private interface Piece {
        void write(OutputStream out) throws IOException;
    }

    /** Returns the encoded size in bytes. */
    long size() {
        return size;
    }

    ProtobufMessage integer(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    ProtobufMessage number(int field, float value) {
        tag(field, FIXED_32);
        return bytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
    }

    ProtobufMessage text(int field, String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        return length(field, encoded.length).bytes(encoded);
    }

    ProtobufMessage message(int field, ProtobufMessage value) {
        length(field, value.size);
        return piece(value.size, value::writeTo);
    }

    /** Adds the bytes of a tensor, which are encoded when they are written. */
    ProtobufMessage values(int field, TensorValues values) {
        length(field, values.size());
        return piece(values.size(), values::writeTo);
    }

    void writeTo(OutputStream out) throws IOException {
        for (Piece piece : pieces) {
            piece.write(out);
        }
    }

    private ProtobufMessage length(int field, long bytes) {
        tag(field, LENGTH_DELIMITED);
        varint(bytes);
        return this;
    }

    private void tag(int field, int wireType) {
        varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
        byte[] encoded = new byte[10];
        int length = 0;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            encoded[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        encoded[length++] = (byte) rest;
        int count = length;
        piece(count, out -> out.write(encoded, 0, count));
    }

    private ProtobufMessage bytes(byte[] encoded) {
        return piece(encoded.length, out -> out.write(encoded));
    }

    private ProtobufMessage piece(long bytes, Piece piece) {
        pieces.add(piece);
        size = Math.addExact(size, bytes);
        return this;
    }
}
