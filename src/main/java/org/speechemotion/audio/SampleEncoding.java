package org.speechemotion.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The sample encodings of WAV files and their conversion to [-1, 1]. */
enum SampleEncoding {
    UNSIGNED_8(FormatTag.PCM, 1),
    SIGNED_16(FormatTag.PCM, 2),
    SIGNED_24(FormatTag.PCM, 3),
    SIGNED_32(FormatTag.PCM, 4),
    /** The lower 24 of 32 bits; there is no format tag for it. */
    SIGNED_24_IN_32(FormatTag.NONE, 4),
    FLOAT_32(FormatTag.IEEE_FLOAT, 4),
    FLOAT_64(FormatTag.IEEE_FLOAT, 8),
    A_LAW(FormatTag.ALAW, 1),
    MU_LAW(FormatTag.MULAW, 1);

    /** The WAVE_FORMAT constants of mmreg.h. */
    private static final class FormatTag {
        static final int NONE = -1;
        static final int PCM = 1;
        static final int IEEE_FLOAT = 3;
        static final int ALAW = 6;
        static final int MULAW = 7;
    }

    private final int formatTag;
    private final int bytes;

    SampleEncoding(int formatTag, int bytes) {
        this.formatTag = formatTag;
        this.bytes = bytes;
    }

    /** Returns the encoding of a WAV format tag with a number of bytes per sample. */
    static Optional<SampleEncoding> of(int formatTag, int bytes) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.formatTag == formatTag && encoding.bytes == bytes)
                .findFirst();
    }

    int bytes() {
        return bytes;
    }

    boolean isFloat() {
        return formatTag == FormatTag.IEEE_FLOAT;
    }

    /** Reads {@code count} samples from an offset on in the buffer's byte order. */
    void decode(ByteBuffer from, int offset, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = decode(from, offset + i * bytes);
        }
    }

    private float decode(ByteBuffer from, int at) {
        return switch (this) {
            case UNSIGNED_8 -> (Byte.toUnsignedInt(from.get(at)) - 128) * 0x1p-7f;
            case SIGNED_16 -> from.getShort(at) * 0x1p-15f;
            case SIGNED_24 -> signed24(from, at) * 0x1p-23f;
            case SIGNED_24_IN_32 -> from.getInt(at) * 0x1p-23f;
            case SIGNED_32 -> from.getInt(at) * 0x1p-31f;
            case FLOAT_32 -> from.getFloat(at);
            case FLOAT_64 -> (float) from.getDouble(at);
            case A_LAW -> G711.A_LAW.decode(from.get(at)) * 0x1p-15f;
            case MU_LAW -> G711.MU_LAW.decode(from.get(at)) * 0x1p-15f;
        };
    }

    private static int signed24(ByteBuffer from, int at) {
        int first = Byte.toUnsignedInt(from.get(at));
        int middle = Byte.toUnsignedInt(from.get(at + 1)) << 8;
        int last = Byte.toUnsignedInt(from.get(at + 2));
        int value =
                from.order() == ByteOrder.LITTLE_ENDIAN ? (last << 16) | middle | first : (first << 16) | middle | last;
        return (value << 8) >> 8;
    }
}
