package org.speechemotion.hub;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.speechemotion.settings.Settings;

/** The section {@code fetch} as a user would set it, without waiting between attempts and without a lowest rate. */
final class Fetches {
    private Fetches() {}

    /** Returns the settings for a hub with these keys of the section changed, such as {@code attempts=2}. */
    static FetchSettings of(String endpoint, String... assignments) {
        Stream<String> quick =
                Stream.of("endpoint=\"" + endpoint + "\"", "retry-seconds=0.001", "minimum-bytes-per-second=0");
        List<String> all = Stream.concat(quick, Arrays.stream(assignments))
                .map(assignment -> "fetch." + assignment)
                .toList();
        return Settings.load(List.of(), all).bind("fetch", FetchSettings.class);
    }
}
