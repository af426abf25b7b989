package org.speechemotion.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.split.ContentLeak.Content;

class ContentLeakTest {
    private static final SpeakerSplit SPLIT =
            SpeakerSplit.of(Map.of("r:01", Side.TRAIN, "r:02", Side.TRAIN, "r:03", Side.TEST));

    @Test
    void namesFilesSpeakersAndSides() {
        List<Content> contents = List.of(
                new Content("c.wav", "r:03", "same"),
                new Content("b.wav", "r:02", "same"),
                new Content("d.wav", "r:03", "other"));

        assertThat(ContentLeak.find(contents, SPLIT))
                .contains(
                        "the same recording is on two sides of the split: b.wav (r:02, train) and c.wav (r:03, test)");
    }

    @Test
    void findsALeakBesideAHarmlessCopy() {
        List<Content> contents = List.of(
                new Content("a.wav", "r:01", "same"),
                new Content("b.wav", "r:02", "same"),
                new Content("c.wav", "r:03", "same"));

        assertThat(ContentLeak.find(contents, SPLIT)).isPresent();
        assertThat(ContentLeak.find(contents.subList(0, 2), SPLIT)).isEmpty();
        assertThat(ContentLeak.find(List.of(), SPLIT)).isEmpty();
    }
}
