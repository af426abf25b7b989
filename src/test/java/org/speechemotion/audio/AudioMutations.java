package org.speechemotion.audio;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages files in the ways files get damaged, and in some that only malice finds. */
public final class AudioMutations {

    private static final int HEADER_BYTES = 64;
    private static final int[] EXTREMES = {0, 1, 0x7F, 0x80, 0xFE, 0xFF};

    private AudioMutations() {}

    /** A damaged copy, the same for the same original and seed. */
    public static byte[] mutate(byte[] original, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = original.clone();
        int rounds = 1 + random.nextInt(3);
        for (int round = 0; round < rounds && bytes.length > 0; round++) {
            bytes = switch (random.nextInt(12)) {
                case 0, 1 -> flipBits(bytes, 0, bytes.length, random);
                case 2, 3 -> flipBits(bytes, 0, Math.min(HEADER_BYTES, bytes.length), random);
                case 4 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
                case 5 -> overwrite(bytes, Math.min(HEADER_BYTES, bytes.length), random);
                case 6 -> hugeSize(bytes, random);
                case 7 -> zero(bytes, random);
                case 8 -> cutOut(bytes, random);
                case 9 -> repeat(bytes, random);
                case 10 -> insert(bytes, random);
                default -> rare(bytes, random);
            };
        }
        return bytes;
    }

    private static byte[] flipBits(byte[] bytes, int from, int to, SplittableRandom random) {
        int flips = 1 + random.nextInt(16);
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(from, to)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] overwrite(byte[] bytes, int to, SplittableRandom random) {
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            bytes[random.nextInt(to)] = (byte) EXTREMES[random.nextInt(EXTREMES.length)];
        }
        return bytes;
    }

    /** Four bytes of the header become the largest number, signed or not, in either byte order. */
    private static byte[] hugeSize(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(Math.min(HEADER_BYTES, bytes.length));
        Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0xFF);
        if (random.nextBoolean()) {
            bytes[Math.min(bytes.length - 1, at + (random.nextBoolean() ? 0 : 3))] = 0x7F;
        }
        return bytes;
    }

    private static byte[] zero(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length);
        Arrays.fill(bytes, from, random.nextInt(from, bytes.length), (byte) 0);
        return bytes;
    }

    private static byte[] cutOut(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length);
        int to = random.nextInt(from, bytes.length);
        return join(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private static byte[] repeat(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length);
        return join(bytes, Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static byte[] insert(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        byte[] junk = new byte[1 + random.nextInt(200)];
        random.nextBytes(junk);
        return join(join(Arrays.copyOf(bytes, at), junk), Arrays.copyOfRange(bytes, at, bytes.length));
    }

    private static byte[] rare(byte[] bytes, SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> "<!DOCTYPE html><title>404 Not Found</title>".getBytes(StandardCharsets.UTF_8);
            case 2 -> {
                random.nextBytes(bytes);
                yield bytes;
            }
            case 3 -> join("RIFF\u0010\u0000\u0000\u0000WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1), bytes);
            case 4 -> join(
                    "ID3\u0004\u0000\u0000\u0000\u0000\u0000\u0000".getBytes(StandardCharsets.ISO_8859_1), bytes);
            default -> join("fLaC\u0080\u0000\u0000\"".getBytes(StandardCharsets.ISO_8859_1), bytes);
        };
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
