package org.speechemotion.spark.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build. */
public final class BuildVersion {
    private BuildVersion() {}

    /** Returns the version and the commit of this build. */
    public static String text() {
        return property("git.build.version") + " (" + commit() + ")";
    }

    /** Returns the commit of this build. */
    static String commit() {
        return property("git.commit.id");
    }

    private static String property(String name) {
        Properties properties = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream("/speech-emotion-build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(name, "unknown");
    }
}
