package org.speechemotion.augment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The recordings of a folder or list, classified once because drawing from them happens for every clip. */
public final class SoundFolder {
    private final List<String> paths;
    private final Map<NoiseCategory, List<String>> byCategory = new EnumMap<>(NoiseCategory.class);

    /**
     * @param root the folder or list as the settings name it
     * @param paths the recordings in an order that only their names decide
     */
    public SoundFolder(String root, List<String> paths) {
        this.paths = List.copyOf(paths);
        for (String path : paths) {
            byCategory
                    .computeIfAbsent(NoiseCategory.of(path, root), absent -> new ArrayList<>())
                    .add(path);
        }
    }

    /** Returns every recording. */
    public List<String> paths() {
        return paths;
    }

    /** Returns the recordings of each category that has any. */
    Map<NoiseCategory, List<String>> byCategory() {
        return Collections.unmodifiableMap(byCategory);
    }
}
