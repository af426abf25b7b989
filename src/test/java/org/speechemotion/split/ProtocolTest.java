package org.speechemotion.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProtocolTest {
    private static final List<String> RAVDESS =
            IntStream.rangeClosed(1, 24).mapToObj("ravdess:%02d"::formatted).toList();
    private static final List<String> CREMA_D =
            IntStream.rangeClosed(1001, 1091).mapToObj(i -> "crema-d:" + i).toList();

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"EMOBOX_RAVDESS", "EMO_SUPERB_CREMA_D"})
    void everySpeakerTestsOnceAndOnlyTestsInThatFold(Protocol protocol) {
        List<String> speakers = protocol == Protocol.EMOBOX_RAVDESS ? RAVDESS : CREMA_D;
        List<String> tested = new ArrayList<>();
        for (int fold = 0; fold < protocol.folds(); fold++) {
            SpeakerSplit split = SpeakerSplitter.split(speakers, settings(protocol, fold));
            tested.addAll(split.speakers(Side.TEST));
            assertThat(split.speakers(Side.VALIDATION)).isNotEmpty();
            assertThat(split.assignment()).hasSize(speakers.size());
        }
        assertThat(tested).containsExactlyInAnyOrderElementsOf(speakers);
    }

    @Test
    void emoBoxTestsFourSpeakersPerFold() {
        assertThat(SpeakerSplitter.split(RAVDESS, settings(Protocol.EMOBOX_RAVDESS, 0))
                        .speakers(Side.TEST))
                .containsExactly("ravdess:01", "ravdess:11", "ravdess:20", "ravdess:21");
        SpeakerSplit last = SpeakerSplitter.split(RAVDESS, settings(Protocol.EMOBOX_RAVDESS, 5));
        assertThat(last.speakers(Side.TEST)).containsExactly("ravdess:06", "ravdess:13", "ravdess:17", "ravdess:22");
        // 0.15 of 24, out of the fold that comes next: the first.
        assertThat(last.speakers(Side.VALIDATION)).hasSize(4);
    }

    @Test
    void emoSuperbValidatesOnTheWholeNextFold() {
        SpeakerSplit last = SpeakerSplitter.split(CREMA_D, settings(Protocol.EMO_SUPERB_CREMA_D, 4));
        assertThat(last.speakers(Side.TEST)).hasSize(19).contains("crema-d:1073", "crema-d:1091");
        assertThat(last.speakers(Side.VALIDATION)).hasSize(18).contains("crema-d:1001", "crema-d:1018");
    }

    @Test
    void theOriginalProtocolOnlyTrains() {
        List<String> both = new ArrayList<>(RAVDESS);
        both.addAll(CREMA_D);
        SpeakerSplit split = SpeakerSplitter.split(both, settings(Protocol.ORIGINAL, 0));
        assertThat(split.speakers(Side.TEST)).isEmpty();
        assertThat(split.speakers(Side.VALIDATION)).hasSize(5 + 19).contains("ravdess:09", "crema-d:1063");
    }

    @Test
    void partsOfACorpusAreSplitLikeTheWhole() {
        SpeakerSplit split = SpeakerSplitter.split(RAVDESS.subList(0, 16), settings(Protocol.EMOBOX_RAVDESS, 0));
        assertThat(split.speakers(Side.TEST)).containsExactly("ravdess:01", "ravdess:11");
    }

    @Test
    void unknownSpeakersOfAProtocolAreReported() {
        assertThatThrownBy(() -> SpeakerSplitter.split(CREMA_D, settings(Protocol.EMOBOX_RAVDESS, 0)))
                .hasMessage("split: corpus of protocol emobox-ravdess is crema-d; allowed: ravdess");
        assertThatThrownBy(() -> SpeakerSplitter.split(List.of("ravdess:25"), settings(Protocol.EMOBOX_RAVDESS, 0)))
                .hasMessage("split: protocol emobox-ravdess does not contain the speakers [ravdess:25]");
        assertThatThrownBy(
                        () -> SpeakerSplitter.split(RAVDESS.subList(16, 24), settings(Protocol.EMO_SUPERB_CREMA_D, 0)))
                .hasMessageContaining("corpus of protocol emo-superb-crema-d is ravdess");
        assertThatThrownBy(() -> SpeakerSplitter.split(List.of("ravdess:01"), settings(Protocol.EMOBOX_RAVDESS, 0)))
                .hasMessageContaining("1 speaker(s) in fold 0 of protocol emobox-ravdess and 0 others");
    }

    @Test
    void protocolsExcludeOtherSplitSettings() {
        assertThatThrownBy(() -> SplitSettings.defaults()
                        .withProtocol(Protocol.EMOBOX_RAVDESS)
                        .withRatios(0, 0)
                        .withLists(List.of(), List.of("ravdess:01"))
                        .withSeed(1))
                .hasMessageContainingAll("protocol is emobox-ravdess", "either a protocol or lists");
        assertThatThrownBy(() -> SplitSettings.defaults()
                        .withProtocol(Protocol.EMOBOX_RAVDESS)
                        .withRatios(0, 0)
                        .withFolds(4, 0)
                        .withSeed(1))
                .hasMessageContainingAll("folds is 4", "0, or the protocol's 6");
        assertThatThrownBy(() -> settings(Protocol.EMOBOX_RAVDESS, 6)).hasMessageContaining("fold is 6");
    }

    private static SplitSettings settings(Protocol protocol, int fold) {
        return SplitSettings.defaults()
                .withProtocol(protocol)
                .withRatios(0.15, 0)
                .withFold(fold);
    }
}
