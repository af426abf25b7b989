package org.speechemotion.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damages the structure of containers: the sizes, counts and numbers beside the four letters of a box, chunk or page become
 * extreme, and whole boxes are cut out, repeated or exchanged. The checksums of Ogg pages are made right again, because wrong
 * ones would hide the damage.
 */
final class ContainerMutations {

    private static final List<String> MARKS = List.of(
            "ftyp",
            "moov",
            "mvhd",
            "trak",
            "tkhd",
            "mdia",
            "mdhd",
            "stsd",
            "mp4a",
            "esds",
            "stts",
            "stsc",
            "stsz",
            "stco",
            "elst",
            "mdat",
            "alac",
            "OggS",
            "OpusHead",
            "OpusTags",
            "\u0001vorbis",
            "Speex   ",
            "fLaC",
            "fmt ",
            "data",
            "fact",
            "LIST",
            "RIFF",
            "FORM",
            "COMM",
            "SSND",
            "caff",
            "desc",
            "pakt",
            "kuki",
            "chan",
            "wvpk",
            "TTA1",
            ".snd",
            "riff",
            "hdrl",
            "strh",
            "strf",
            "movi",
            "01wb",
            "00wb",
            "#!AMR",
            "\u001aE\u00df\u00a3",
            "\u0018S\u0080g",
            "\u0016T\u00aek",
            "\u001fC\u00b6u",
            "0&\u00b2u",
            "\u00a1\u00dc\u00ab\u008c",
            "\u00ff\u00f1");
    private static final long[] NUMBERS = {
        0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFFFFFF, 0x7FFFFFFF, 0x80000000L, 0xFFFFFFFFL
    };
    private static final int PAGE_HEADER_BYTES = 27;
    private static final int CHECKSUM_OFFSET = 22;

    private ContainerMutations() {}

    /** Returns a damaged copy, the same for the same original and seed. */
    static byte[] mutate(byte[] original, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        if (random.nextInt(4) == 0) {
            return AudioMutations.mutate(original, seed);
        }
        byte[] bytes = original.clone();
        List<Integer> marks = marks(bytes);
        for (int round = random.nextInt(1, 4); round > 0; round--) {
            int mark = marks.isEmpty() ? random.nextInt(bytes.length) : marks.get(random.nextInt(marks.size()));
            int next = marks.isEmpty() ? random.nextInt(bytes.length) : marks.get(random.nextInt(marks.size()));
            int from = Math.min(bytes.length, Math.min(mark, next));
            int to = Math.min(bytes.length, Math.max(mark, next));
            bytes = switch (random.nextInt(8)) {
                case 0 -> join(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
                case 1 -> join(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
                case 2 -> Arrays.copyOf(bytes, Math.max(1, to));
                default -> withNumber(bytes, mark, random);
            };
        }
        repairPages(bytes);
        return bytes;
    }

    private static byte[] withNumber(byte[] bytes, int mark, SplittableRandom random) {
        int width = 1 << random.nextInt(4);
        int at = mark - 4 + random.nextInt(40);
        if (at < 0 || at + width > bytes.length) {
            return bytes;
        }
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        ByteBuffer field = ByteBuffer.allocate(Long.BYTES);
        field.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        switch (width) {
            case 1 -> field.put((byte) number);
            case 2 -> field.putShort((short) number);
            case 4 -> field.putInt((int) number);
            default -> field.putLong(number << random.nextInt(32));
        }
        System.arraycopy(field.array(), 0, bytes, at, width);
        return bytes;
    }

    private static List<Integer> marks(byte[] bytes) {
        List<Integer> found = new ArrayList<>();
        for (String mark : MARKS) {
            byte[] letters = mark.getBytes(StandardCharsets.ISO_8859_1);
            int before = found.size();
            for (int i = 0; i + letters.length <= bytes.length && found.size() < before + 20; i++) {
                if (Arrays.equals(bytes, i, i + letters.length, letters, 0, letters.length)) {
                    found.add(i);
                }
            }
        }
        return found;
    }

    /** Computes the checksums of Ogg pages again, as RFC 3533 defines them. */
    private static void repairPages(byte[] bytes) {
        for (int i = 0; i + PAGE_HEADER_BYTES < bytes.length; i++) {
            if (!FileSignature.startsWith(bytes, i, "OggS")) {
                continue;
            }
            int segments = Byte.toUnsignedInt(bytes[i + PAGE_HEADER_BYTES - 1]);
            int end = i + PAGE_HEADER_BYTES + segments;
            for (int s = 0; s < segments && i + PAGE_HEADER_BYTES + s < bytes.length; s++) {
                end += Byte.toUnsignedInt(bytes[i + PAGE_HEADER_BYTES + s]);
            }
            Arrays.fill(bytes, i + CHECKSUM_OFFSET, i + CHECKSUM_OFFSET + 4, (byte) 0);
            int checksum = 0;
            for (int at = i; at < Math.min(end, bytes.length); at++) {
                checksum ^= bytes[at] << 24;
                for (int bit = 0; bit < 8; bit++) {
                    checksum = (checksum << 1) ^ (checksum < 0 ? 0x04c11db7 : 0);
                }
            }
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(i + CHECKSUM_OFFSET, checksum);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
