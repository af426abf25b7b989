package org.speechemotion.audio;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognises common unsupported formats, so that a rejection names the format of the file. */
final class FileSignature {

    private record Known(int offset, String magic, String name, String container, String demuxer) {
        Known(int offset, String magic, String name) {
            this(offset, magic, name, "", "");
        }
    }

    private static final List<Known> KNOWN = List.of(
            new Known(28, "OpusHead", "Opus in Ogg", "ogg", "ogg"),
            new Known(28, "\u0001vorbis", "Vorbis in Ogg", "ogg", "ogg"),
            new Known(28, "\u007fFLAC", "FLAC in Ogg", "ogg", "ogg"),
            new Known(28, "Speex   ", "Speex in Ogg", "ogg", "ogg"),
            new Known(0, "OggS", "Ogg", "ogg", "ogg"),
            new Known(4, "ftypM4A", "MPEG-4 audio, M4A: AAC or ALAC", "mp4", "mov"),
            new Known(4, "ftypM4B", "MPEG-4 audio book, M4B: AAC", "mp4", "mov"),
            new Known(4, "ftypqt", "QuickTime", "mp4", "mov"),
            new Known(4, "ftyp3g", "3GP", "mp4", "mov"),
            new Known(4, "ftypavif", "AVIF image"),
            new Known(4, "ftyphei", "HEIF image"),
            new Known(4, "ftyp", "MP4", "mp4", "mov"),
            new Known(4, "moov", "QuickTime", "mp4", "mov"),
            new Known(4, "mdat", "QuickTime", "mp4", "mov"),
            new Known(4, "wide", "QuickTime", "mp4", "mov"),
            new Known(8, "AIFF", "AIFF", "aiff", "aiff"),
            new Known(8, "AIFC", "AIFF-C", "aiff", "aiff"),
            new Known(0, "FORM", "AIFF"),
            new Known(8, "AVI ", "AVI video", "avi", "avi"),
            new Known(8, "WEBPVP8", "WebP image"),
            new Known(0, "caff", "Core Audio", "caf", "caf"),
            new Known(0, ".snd", "AU", "au", "au"),
            new Known(0, "#!AMR-WB", "AMR-WB", "amr", "amr"),
            new Known(0, "#!AMR", "AMR", "amr", "amr"),
            new Known(0, "#!SILK", "SILK"),
            new Known(0, "\u0002#!SILK", "SILK"),
            new Known(0, "NIST_1A", "NIST SPHERE", "sphere", "nistsphere"),
            new Known(0, "wvpk", "WavPack", "wavpack", "wv"),
            new Known(0, "MAC ", "Monkey's Audio"),
            new Known(0, "TTA1", "True Audio", "tta", "tta"),
            new Known(0, "MPCK", "Musepack"),
            new Known(0, "DSD ", "DSD"),
            new Known(0, "Creative Voice File", "Creative Voice", "voc", "voc"),
            new Known(0, "ADIF", "AAC"),
            new Known(0, "\u00ff\u00f0", "AAC", "aac", "aac"),
            new Known(0, "\u00ff\u00f1", "AAC", "aac", "aac"),
            new Known(0, "\u00ff\u00f8", "AAC", "aac", "aac"),
            new Known(0, "\u00ff\u00f9", "AAC", "aac", "aac"),
            new Known(0, "MThd", "MIDI"),
            new Known(0, "\u001aE\u00df\u00a3", "Matroska or WebM", "matroska", "matroska"),
            new Known(0, "0&\u00b2u", "Windows Media", "asf", "asf"),
            new Known(0, "riff", "Wave64", "w64", "w64"),
            new Known(0, "FLV\u0001", "Flash video", "flv", "flv"),
            new Known(0, ".RMF", "RealMedia"),
            new Known(0, "\u0000\u0000\u0001\u00ba", "MPEG program stream"),
            new Known(0, "PK\u0003\u0004", "ZIP archive"),
            new Known(0, "PK\u0005\u0006", "empty ZIP archive"),
            new Known(0, "\u001f\u008b\u0008", "gzip"),
            new Known(0, "BZh", "bzip2"),
            new Known(0, "\u00fd7zXZ", "xz"),
            new Known(0, "(\u00b5/\u00fd", "Zstandard"),
            new Known(0, "7z\u00bc\u00af", "7-Zip archive"),
            new Known(0, "Rar!", "RAR archive"),
            new Known(257, "ustar", "tar archive"),
            new Known(0, "%PDF", "PDF"),
            new Known(0, "\u0089PNG", "PNG image"),
            new Known(0, "\u00ff\u00d8\u00ff", "JPEG image"),
            new Known(0, "GIF8", "GIF image"),
            new Known(0, "II*\u0000", "TIFF image"),
            new Known(0, "MM\u0000*", "TIFF image"),
            new Known(0, "\u00d0\u00cf\u0011\u00e0", "Microsoft Office document"),
            new Known(0, "\u007fELF", "ELF program"),
            new Known(0, "\u0093NUMPY", "NumPy array"),
            new Known(0, "\u0089HDF", "HDF5"),
            new Known(0, "PAR1", "Parquet"),
            new Known(0, "SQLite format 3", "SQLite database"),
            new Known(0, "version https://git-lfs", "pointer of Git LFS: the file itself was not fetched"),
            new Known(0, "/annex/objects/", "pointer of git-annex: the file itself was not fetched"));

    /** The number of bytes that are examined. */
    static final int LOOKED_AT = 512;

    private static final int SHOWN_BYTES = 8;
    private static final String ONLY_ZEROS = "zeros";
    private static final String TEXT = "text";

    private FileSignature() {}

    /**
     * Returns the format of a file that ffmpeg decodes.
     *
     * @param named whether the name of the file says that it has no header, so that two bytes are no proof of a format
     */
    static Optional<ForeignFormat> foreign(byte[] file, boolean named) {
        return KNOWN.stream()
                .filter(candidate -> startsWith(file, candidate.offset, candidate.magic))
                .findFirst()
                .filter(found -> !found.demuxer.isEmpty() && !(named && found.magic.length() <= 2))
                .map(found -> ForeignFormat.of(found.container, found.name, found.demuxer));
    }

    /** Returns the first bytes of a file in hexadecimal, with the name of its format if it is known. */
    static String describe(byte[] file) {
        String bytes = HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(SHOWN_BYTES, file.length));
        return name(file).map(name -> bytes + " (" + name + ")").orElse(bytes);
    }

    /** Returns the names of the formats that ffmpeg decodes. */
    static List<String> foreignContainers() {
        return KNOWN.stream()
                .map(Known::container)
                .filter(container -> !container.isEmpty())
                .distinct()
                .toList();
    }

    /** Returns whether a file is of a known kind; zeros are not, because they may be silence without a header. */
    static boolean isNamed(byte[] file) {
        return name(file).filter(name -> !name.equals(ONLY_ZEROS)).isPresent();
    }

    /** Returns whether a file is certainly not audio that is preceded by junk. */
    static boolean isOther(byte[] file) {
        return name(file)
                .filter(name -> !name.equals(TEXT) && !name.equals(ONLY_ZEROS))
                .isPresent();
    }

    private static Optional<String> name(byte[] file) {
        Optional<String> known = KNOWN.stream()
                .filter(candidate -> startsWith(file, candidate.offset, candidate.magic))
                .map(Known::name)
                .findFirst();
        return known.isPresent() ? known : textName(file);
    }

    /** Returns the kind of a text file; empty for binary files. */
    private static Optional<String> textName(byte[] file) {
        if (startsWith(file, 0, "\u00ff\u00fe") && file.length > 3 && file[3] == 0) {
            return Optional.of("UTF-16 text");
        }
        boolean zeros = file.length > 0;
        for (byte one : file) {
            zeros &= one == 0;
            boolean control = (one > 0 && one < ' ') || one == 0x7F;
            if (control && one != '\t' && one != '\n' && one != '\r') {
                return Optional.empty();
            }
        }
        if (zeros) {
            return Optional.of(ONLY_ZEROS);
        }
        String text = new String(file, StandardCharsets.UTF_8);
        int damaged = text.indexOf('\uFFFD');
        boolean cutLetter = file.length == LOOKED_AT && damaged >= text.length() - 3;
        if (text.indexOf('\0') >= 0 || (damaged >= 0 && !cutLetter)) {
            return Optional.empty();
        }
        String start = text.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<head")) {
            return Optional.of("HTML page");
        }
        if (start.startsWith("<?xml") || start.startsWith("<svg")) {
            return Optional.of("XML");
        }
        boolean json = start.startsWith("{") || start.startsWith("[\"") || start.startsWith("[{");
        return Optional.of(json ? "JSON" : TEXT);
    }

    /** Returns whether the bytes at an offset are those of a text with one byte per character. */
    static boolean startsWith(byte[] file, int offset, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (offset < 0 || offset > file.length - expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (file[offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
