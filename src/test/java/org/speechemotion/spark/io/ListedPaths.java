package org.speechemotion.spark.io;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Lists the paths of files. */
public final class ListedPaths {
    private ListedPaths() {}

    public static List<String> of(String input, Configuration configuration) throws IOException {
        return FileListing.entries(input, configuration).stream()
                .map(FileTree.Entry::path)
                .toList();
    }
}
