package org.speechemotion.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.common.RejectedException;

/**
 * The content of a {@code fmt } chunk. Some of its fields are redundant; if they contradict each other, the plausible one
 * is used.
 *
 * @param encoding the encoding of the samples; empty for MPEG audio
 * @param channels the number of channels, at least 1
 * @param sampleRate the sample rate in Hz
 * @param mayBeRightAligned whether samples have 24 bits in 32, of which they may be the lower ones
 * @param note a description of the contradictions, or ""
 */
record WavFormat(
        Optional<SampleEncoding> encoding, int channels, long sampleRate, boolean mayBeRightAligned, String note) {

    /** The minimum length in bytes, that of Microsoft's WAVEFORMAT, which lacks the number of bits. */
    static final int MIN_BYTES = 14;

    /** The maximum length in bytes, that of WAVEFORMATEXTENSIBLE. */
    static final int MAX_BYTES = 40;

    private static final int PCM = 1;
    private static final int IEEE_FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int MPEG = 0x50;
    private static final int MP3 = 0x55;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int BITS_OFFSET = 14;
    private static final int VALID_BITS_OFFSET = 18;
    private static final int SUB_FORMAT_OFFSET = 24;

    /** The names of common unsupported formats by their tags in mmreg.h. */
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x0002, "Microsoft ADPCM"),
            Map.entry(0x0010, "OKI ADPCM"),
            Map.entry(0x0011, "IMA ADPCM"),
            Map.entry(0x0014, "G.723 ADPCM"),
            Map.entry(0x0022, "TrueSpeech"),
            Map.entry(0x0031, "GSM 6.10"),
            Map.entry(0x0040, "G.721 ADPCM"),
            Map.entry(0x0042, "G.723.1"),
            Map.entry(0x0045, "G.726 ADPCM"),
            Map.entry(0x0064, "G.726 ADPCM"),
            Map.entry(0x0065, "G.722 ADPCM"),
            Map.entry(0x0083, "G.729"),
            Map.entry(0x00FF, "AAC"),
            Map.entry(0x0111, "G.723.1"),
            Map.entry(0x0161, "Windows Media Audio"),
            Map.entry(0x0162, "Windows Media Audio Professional"),
            Map.entry(0x028F, "G.722 ADPCM"),
            Map.entry(0x1600, "AAC"),
            Map.entry(0x1610, "AAC"),
            Map.entry(0x2000, "AC-3"),
            Map.entry(0x566F, "Vorbis"),
            Map.entry(0x704F, "Opus"),
            Map.entry(0xA106, "AAC"),
            Map.entry(0xF1AC, "FLAC in WAV"));

    /** Returns the size of a frame in bytes; 1 for MPEG audio. */
    int frameBytes() {
        return encoding.map(samples -> samples.bytes() * channels).orElse(1);
    }

    /**
     * Reads the content of the chunk.
     *
     * @param content the first bytes of the chunk, at least {@value #MIN_BYTES}
     * @throws RejectedException if the format is not supported, or there are no channels
     */
    static WavFormat read(byte[] content, ByteOrder order) throws RejectedException {
        ByteBuffer fields = ByteBuffer.wrap(content).order(order);
        int channels = Short.toUnsignedInt(fields.getShort(2));
        long sampleRate = Integer.toUnsignedLong(fields.getInt(4));
        long byteRate = Integer.toUnsignedLong(fields.getInt(8));
        int frameBytes = Short.toUnsignedInt(fields.getShort(12));
        int bits = content.length > BITS_OFFSET + 1 ? Short.toUnsignedInt(fields.getShort(BITS_OFFSET)) : 0;
        int tag = tag(fields, bits);
        if (channels == 0) {
            throw RejectionReason.UNREADABLE.exception(
                    "the number of channels in the fmt chunk is 0; allowed: at least 1");
        }
        if (tag == MP3 || tag == MPEG) {
            return new WavFormat(Optional.empty(), channels, sampleRate, false, "");
        }
        int containerBytes = frameBytes % channels == 0 ? frameBytes / channels : 0;
        int sampleBytes = sampleBytes(tag, bits, containerBytes);
        SampleEncoding encoding = SampleEncoding.of(tag, sampleBytes).orElseThrow(() -> unsupported(tag, bits));
        StringBuilder note = new StringBuilder();
        if (frameBytes != channels * sampleBytes) {
            note.append("a block align of ").append(frameBytes).append(" bytes");
        }
        if ((bits + 7) / 8 != sampleBytes && content.length > BITS_OFFSET + 1) {
            note.append(note.isEmpty() ? "" : " and ")
                    .append("a sample size of ")
                    .append(bits)
                    .append(" bits");
        }
        if (!note.isEmpty()) {
            note.insert(0, "the fmt chunk has ");
            note.append(", interpreted as samples of " + 8 * sampleBytes + " bits in " + channels
                    + (channels == 1 ? " channel" : " channels"));
        }
        long otherRate = byteRate / ((long) channels * sampleBytes);
        boolean wrongRate = !Resampler.isRate(sampleRate) && Resampler.isRate(otherRate);
        if (wrongRate) {
            note.append(note.isEmpty() ? "" : "; ")
                    .append("the fmt chunk has a sample rate of " + sampleRate + " Hz, interpreted as " + otherRate
                            + " Hz by the byte rate");
        }
        boolean mayBeRightAligned = encoding == SampleEncoding.SIGNED_32 && usedBits(fields, bits) == 24;
        return new WavFormat(
                Optional.of(encoding),
                channels,
                wrongRate ? otherRate : sampleRate,
                mayBeRightAligned,
                note.toString());
    }

    /**
     * Returns the name of the format of compressed samples, or of an unknown tag; empty for formats that {@link #read}
     * accepts.
     *
     * @param fields the content of the chunk and the bytes after it
     */
    static Optional<String> foreignTag(ByteBuffer fields) {
        int bits = fields.remaining() > BITS_OFFSET + 1 ? Short.toUnsignedInt(fields.getShort(BITS_OFFSET)) : 0;
        int tag = tag(fields, bits);
        return switch (tag) {
            case 0, PCM, IEEE_FLOAT, A_LAW, MU_LAW, MPEG, MP3, EXTENSIBLE -> Optional.empty();
            default -> Optional.of(
                    NAMES.containsKey(tag) ? NAMES.get(tag) : String.format("WAV with the format tag 0x%04X", tag));
        };
    }

    /** Returns the number of used bits per sample according to the format. */
    private static int usedBits(ByteBuffer fields, int bits) {
        boolean extensible = Short.toUnsignedInt(fields.getShort(0)) == EXTENSIBLE && fields.capacity() >= MAX_BYTES;
        int valid = extensible ? Short.toUnsignedInt(fields.getShort(VALID_BITS_OFFSET)) : 0;
        return valid == 0 ? bits : valid;
    }

    /** Returns the format tag; of an extensible format, that at the beginning of its GUID. */
    private static int tag(ByteBuffer fields, int bits) {
        int tag = Short.toUnsignedInt(fields.getShort(0));
        if (tag != EXTENSIBLE) {
            return tag;
        }
        int sub = fields.capacity() >= SUB_FORMAT_OFFSET + 2
                ? Short.toUnsignedInt(fields.getShort(SUB_FORMAT_OFFSET))
                : 0;
        return sub == 0 && bits > 0 && bits <= 24 ? PCM : sub == 0 ? EXTENSIBLE : sub;
    }

    /** Returns the number of bytes per sample by its bits or, if these are implausible, by its share of the frame. */
    private static int sampleBytes(int tag, int bits, int containerBytes) {
        int byBits = (bits + 7) / 8;
        return switch (tag) {
            case A_LAW, MU_LAW -> 1;
            case IEEE_FLOAT -> byBits == 4 || byBits == 8 ? byBits : containerBytes;
                // Some programs write 24 bits into 32; then the frame size is right, and the bits are the used ones.
            case PCM -> byBits == 0 || byBits > 4 || (byBits == 3 && containerBytes == 4) ? containerBytes : byBits;
            default -> 0;
        };
    }

    private static RejectedException unsupported(int tag, int bits) {
        String name = NAMES.containsKey(tag) ? ", " + NAMES.get(tag) + "," : "";
        return RejectionReason.UNSUPPORTED.exception(String.format(
                "format tag 0x%04X%s with %d bits; allowed: PCM (0x0001) of 8 to 32 bits, floating point "
                        + "(0x0003) of 32 or 64, A-law (0x0006), mu-law (0x0007) or MP3 (0x0055)",
                tag, name, bits));
    }
}
