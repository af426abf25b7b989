package org.speechemotion.augment;

import java.util.Locale;

/** The parts of MUSAN (Snyder, Chen and Povey, "MUSAN: a music, speech, and noise corpus", arXiv 1510.08484). */
enum NoiseCategory {
    NOISE,
    SPEECH,
    MUSIC;

    private final String folder = name().toLowerCase(Locale.ROOT);

    /** Told by the first folder below the root that is called as a category; noise where none is. */
    static NoiseCategory of(String path, String root) {
        int start = belowRoot(path, root);
        for (int end = path.indexOf('/', start); end >= 0; end = path.indexOf('/', start)) {
            for (NoiseCategory category : values()) {
                if (end - start == category.folder.length() && path.startsWith(category.folder, start)) {
                    return category;
                }
            }
            start = end + 1;
        }
        return NOISE;
    }

    /** Paths may be written with another scheme than the settings', or with one alone; lists name files below no root. */
    private static int belowRoot(String path, String root) {
        String folder = (root + "/").replaceFirst("^([a-zA-Z0-9+.-]+:)?/+", "/").replaceFirst("/+$", "/");
        int at = path.indexOf(folder);
        return at < 0 ? 0 : at + folder.length();
    }
}
