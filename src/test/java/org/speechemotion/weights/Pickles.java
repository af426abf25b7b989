package org.speechemotion.weights;

/** Pickles written by hand, a character a byte. */
final class Pickles {
    private Pickles() {}

    /** A map with one tensor of one axis, in the storage 0 of 32-bit floats; numbers below 256. */
    static String tensor(String name, int storageCount, int offset, int size, int stride) {
        return "\u0080\u0002}" + text(name) + "ctorch._utils\n_rebuild_tensor_v2\n("
                + storage("ctorch\nFloatStorage\n", "0", storageCount) + whole(offset) + whole(size) + "\u0085"
                + whole(stride) + "\u0085\u0089ccollections\nOrderedDict\n)RtRs.";
    }

    static String storage(String type, String key, int count) {
        return "(" + text("storage") + type + text(key) + text("cpu") + whole(count) + "tQ";
    }

    static String text(String text) {
        return "X" + (char) text.length() + "\0\0\0" + text;
    }

    private static String whole(int value) {
        return "K" + (char) value;
    }
}
