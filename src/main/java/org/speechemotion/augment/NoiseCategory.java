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

    /** Paths may have a scheme before the root that the settings did not give; lists name files below no root. */
    private static int belowRoot(String path, String root) {
        String folder = root.endsWith("/") ? root : root + "/";
        int at = path.indexOf(folder);
        return at < 0 ? 0 : at + folder.length();
    }
}
