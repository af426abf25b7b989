package org.speechemotion.split;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a recording that is listed under two speakers on different sides, which a split by speaker cannot rule out. */
public final class ContentLeak {
    private ContentLeak() {}

    /**
     * The content of a clip.
     *
     * @param contentSha256 the SHA-256 of the file's bytes or of its samples, in the same notation for all clips
     */
    public record Content(String path, String speakerId, String contentSha256) {}

    /**
     * Returns the first two clips, in the order of their paths, with equal content on different sides.
     *
     * @return a message that names both files, speakers and sides; empty if there is no leak
     * @throws IllegalArgumentException if a speaker is not part of the split
     */
    public static Optional<String> find(Collection<Content> contents, SpeakerSplit split) {
        List<Content> ordered =
                contents.stream().sorted(Comparator.comparing(Content::path)).toList();
        Map<String, Content> firstOfHash = new HashMap<>();
        for (Content content : ordered) {
            Content first = firstOfHash.putIfAbsent(content.contentSha256(), content);
            if (first != null && split.sideOf(first.speakerId()) != split.sideOf(content.speakerId())) {
                return Optional.of("the same recording is on two sides of the split: %s and %s"
                        .formatted(describe(first, split), describe(content, split)));
            }
        }
        return Optional.empty();
    }

    private static String describe(Content content, SpeakerSplit split) {
        return "%s (%s, %s)"
                .formatted(
                        content.path(),
                        content.speakerId(),
                        split.sideOf(content.speakerId()).id());
    }
}
