package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionsTest {
    private final Rejections some = Rejections.of(List.of(
            Rejections.of("c.wav", "too-short: 0.01 s"),
            Rejections.of("b.wav", "unreadable: wav: no data: at 4"),
            Rejections.of("a.wav", "too-short: 0.05 s"),
            Rejections.of("d.wav", "The reason of an earlier build")));

    @Test
    void countsEachKindWithAnExample() {
        assertThat(some.total()).isEqualTo(4);
        assertThat(some.lines())
                .containsExactly(
                        "4 files rejected:",
                        "  2 too-short, such as a.wav: 0.05 s",
                        "  1 other, such as d.wav: The reason of an earlier build",
                        "  1 unreadable, such as b.wav: wav: no data: at 4");
        assertThat(some).hasToString("{other=1, too-short=2, unreadable=1}");
        assertThat(Rejections.NONE.lines()).isEmpty();
    }

    @Test
    void countsOfPartsAreThoseOfTheWhole() {
        Rejections both = some.and(new Rejections(List.of(new Rejections.Group("unreadable", 1_999, "a.mp3", "flac"))));
        assertThat(both.lines().subList(0, 2))
                .containsExactly("2,003 files rejected:", "  2,000 unreadable, such as a.mp3: flac");
        assertThat(both.and(Rejections.NONE)).isEqualTo(both);
    }

    @Test
    void namesOfFilesDoNotBreakLines() {
        Rejections hostile = Rejections.of(List.of(Rejections.of("a\n\u001b[2J" + "x".repeat(999), "copy: of b.wav")));
        assertThat(hostile.text())
                .startsWith("1 copy, such as a\uFFFD\uFFFD[2Jxx")
                .hasSizeLessThan(400);
    }
}
