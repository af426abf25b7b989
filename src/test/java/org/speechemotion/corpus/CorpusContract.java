package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.common.Rejection;
import org.speechemotion.plugin.Plugins;

/** The contract of every corpus; the test of each corpus extends it. */
abstract class CorpusContract {
    abstract Corpus corpus();

    /** Files of which every recording can be labelled, by two speakers at least. */
    abstract CorpusFiles good();

    /** Files of which at least one recording cannot be labelled, and at least one can. */
    abstract CorpusFiles mixed();

    /** The number of recordings of {@link #mixed}. */
    abstract int mixedCount();

    final List<Entry> read(CorpusFiles files) throws IOException {
        return corpus().read(files, Map.of());
    }

    @Test
    final void isFoundByItsName() {
        assertThat(corpus().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(Plugins.find(Corpus.class, corpus().name())).hasSameClassAs(corpus());
    }

    @Test
    final void labelsGoodFiles() throws IOException {
        List<Entry> entries = read(good());

        assertThat(entries).isNotEmpty().allSatisfy(entry -> assertThat(entry).isInstanceOf(Entry.Labelled.class));
        assertThat(clips(entries))
                .allSatisfy(clip -> assertThat(clip.speakerId()).startsWith(clip.corpus() + ":"));
        assertThat(clips(entries).stream().map(Clip::speakerId).distinct()).hasSizeGreaterThan(1);
        assertThat(entries.stream().map(Entry::path)).doesNotHaveDuplicates();
    }

    @Test
    final void leavesNothingOut() throws IOException {
        List<Entry> entries = read(mixed());

        assertThat(entries).hasSize(mixedCount());
        assertThat(clips(entries)).isNotEmpty();
        assertThat(rejections(entries)).isNotEmpty().allSatisfy(rejected -> {
            assertThat(rejected.rejection().message()).isNotBlank();
            assertThat(rejected.corpus()).isEqualTo(corpus().name());
        });
    }

    @Test
    final void readsTheSameEveryTime() throws IOException {
        assertThat(read(mixed())).isEqualTo(read(mixed()));
    }

    @Test
    final void refusesAnUnknownOption() {
        assertThatThrownBy(() -> corpus().read(good(), Map.of("no-such-option", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(corpus().name(), "no-such-option")
                .satisfies(error -> assertThat(corpus().options()).allMatch(error.getMessage()::contains));
    }

    static List<Clip> clips(List<Entry> entries) {
        return entries.stream()
                .filter(Entry.Labelled.class::isInstance)
                .map(entry -> ((Entry.Labelled) entry).clip())
                .toList();
    }

    /** The rejection whose {@link Rejection#text} this is. */
    static Rejection rejection(String text) {
        return new Rejection(text.substring(0, text.indexOf(": ")), text.substring(text.indexOf(": ") + 2));
    }

    static List<Entry.Rejected> rejections(List<Entry> entries) {
        return entries.stream()
                .filter(Entry.Rejected.class::isInstance)
                .map(Entry.Rejected.class::cast)
                .toList();
    }
}
