package org.speechemotion.augment;

import java.util.Locale;

/** The categories of MUSAN (Snyder, Chen and Povey, "MUSAN: a music, speech, and noise corpus", arXiv 1510.08484). */
enum NoiseCategory {
    NOISE,
    SPEECH,
    MUSIC;

    private final String folder = name().toLowerCase(Locale.ROOT);

    /** Returns the category whose name the first such folder below the root has, or noise if there is none. */
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

    /** The scheme of a path may differ from that of the root, and files of a list need not be below the root. */
    private static int belowRoot(String path, String root) {
        String folder = (root + "/").replaceFirst("^([a-zA-Z0-9+.-]+:)?/+", "/").replaceFirst("/+$", "/");
        int at = path.indexOf(folder);
        return at < 0 ? 0 : at + folder.length();
    }
}
