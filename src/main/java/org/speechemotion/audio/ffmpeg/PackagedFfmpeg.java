package org.speechemotion.audio.ffmpeg;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.speechemotion.audio.ffmpeg.SharedFolder.Member;

/** The program and its libraries in the jar of JavaCPP's preset, extracted once per machine and user. */
final class PackagedFfmpeg {

    private static final String ROOT = "org/bytedeco/ffmpeg/";

    /** The libraries of the screen and the sound card that the program is linked against on Linux. */
    private static final List<String> DEVICE_LIBRARIES =
            List.of("libxcb.so.1", "libxcb-shm.so.0", "libxcb-shape.so.0", "libxcb-xfixes.so.0", "libasound.so.2");

    private static Path folder;

    private PackagedFfmpeg() {}

    /**
     * Returns the program, which is extracted if it is missing.
     *
     * @throws IOException if the jar has none for this platform, or its files cannot be written
     */
    static synchronized Path program() throws IOException {
        String name = programName(platform());
        if (folder == null || !folder.resolve(name).toFile().canExecute()) {
            folder = extract(platform(), Path.of(System.getProperty("java.io.tmpdir")));
        }
        return folder.resolve(name);
    }

    private static String programName(String platform) {
        return platform.startsWith("windows") ? "ffmpeg.exe" : "ffmpeg";
    }

    /** Returns JavaCPP's name of this platform, such as {@code linux-x86_64}. */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String family = system.startsWith("mac") ? "macosx" : system.startsWith("win") ? "windows" : system;
        String processor = System.getProperty("os.arch");
        return family + "-"
                + switch (processor) {
                    case "amd64" -> "x86_64";
                    case "aarch64" -> "arm64";
                    default -> processor;
                };
    }

    /**
     * Extracts the files for a platform into a folder inside {@code temporary}, unless they are there already.
     *
     * @throws IOException if the jar has none for the platform, or they cannot be written
     */
    static Path extract(String platform, Path temporary) throws IOException {
        String inside = ROOT + platform + "/";
        URL files = PackagedFfmpeg.class.getClassLoader().getResource(inside + programName(platform));
        if (files == null || !(files.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("there is no ffmpeg for " + platform + " in the jar");
        }
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            List<Member> members = new ArrayList<>();
            for (JarEntry entry : jar.stream().toList()) {
                if (isNeeded(entry, inside)) {
                    String name = entry.getName().substring(inside.length());
                    members.add(new Member(name, entry.getSize(), entry.getCrc(), () -> jar.getInputStream(entry)));
                }
            }
            if (platform.startsWith("linux-")) {
                int machine = platform.endsWith("arm64") ? StubLibrary.AARCH64 : StubLibrary.X86_64;
                DEVICE_LIBRARIES.stream()
                        .filter(name -> members.stream()
                                .noneMatch(member -> member.name().equals(name)))
                        .toList()
                        .forEach(name -> members.add(member(name, StubLibrary.of(name, machine))));
            }
            return SharedFolder.of(temporary, "speech-emotion-ffmpeg", members);
        }
    }

    /** Returns whether a file of the jar belongs to the program; the others are for calls from Java. */
    private static boolean isNeeded(JarEntry entry, String inside) {
        String path = entry.getName();
        if (entry.isDirectory() || !path.startsWith(inside) || path.indexOf('/', inside.length()) >= 0) {
            return false;
        }
        String name = path.substring(inside.length());
        return !name.startsWith("ffprobe") && !name.startsWith("libjni") && !name.startsWith("jni");
    }

    private static Member member(String name, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        InputStream stream = new ByteArrayInputStream(content);
        return new Member(name, content.length, checksum.getValue(), () -> stream);
    }
}
