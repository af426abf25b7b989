package org.speechemotion.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkupTest {
    @Test
    void nestsAndEscapes() {
        Markup markup = Markup.of("p")
                .with("title", "\"<'&>")
                .text("a < b & c ]]> d")
                .add(Markup.of("b", "</p><script>"), Markup.of("meta").with("width", 1.5), Markup.of("i"));
        assertThat(markup)
                .hasToString("<p title=\"&quot;&lt;'&amp;&gt;\">a &lt; b &amp; c ]]&gt; d"
                        + "<b>&lt;/p&gt;&lt;script&gt;</b><meta width=\"1.5\"/><i></i></p>");
    }

    @Test
    void invalidCharactersAreReplaced() {
        assertThat(Markup.of("p", "a\0b\u001fc\ud800d\uffffe\u0085f\tg\nh𝄞"))
                .hasToString("<p>a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\tg\nh𝄞</p>");
    }
}
