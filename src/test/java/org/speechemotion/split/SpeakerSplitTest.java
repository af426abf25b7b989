package org.speechemotion.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeakerSplitTest {
    private static final SpeakerSplit SPLIT =
            SpeakerSplit.of(Map.of("r:02", Side.TEST, "r:01", Side.TRAIN, "m:a,\"b\"\nc", Side.VALIDATION));

    @Test
    void answersForEachActor() {
        assertThat(SPLIT.sideOf("r:02")).isEqualTo(Side.TEST);
        assertThat(SPLIT.actors(Side.TRAIN)).containsExactly("r:01");
        assertThat(SPLIT.assignment()).hasSize(3);
        assertThatThrownBy(() -> SPLIT.sideOf("r:03"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("actor \"r:03\" is on no side of the split; did you mean r:01?");
        assertThatThrownBy(() -> SPLIT.sideOf("crema-d:1001"))
                .hasMessage("actor \"crema-d:1001\" is on no side of the split of 3 actors");
    }

    @Test
    void cannotBeChangedFromOutside() {
        Map<String, Side> map = new HashMap<>(Map.of("r:01", Side.TRAIN));
        SpeakerSplit split = SpeakerSplit.of(map);

        map.put("r:01", Side.TEST);

        assertThat(split.sideOf("r:01")).isEqualTo(Side.TRAIN);
        assertThatThrownBy(() -> split.assignment().put("r:02", Side.TEST))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void csvIsSortedAndReadBack() {
        assertThat(SPLIT.toCsv()).isEqualTo("actor_id,side\n\"m:a,\"\"b\"\"\nc\",validation\nr:01,train\nr:02,test\n");
        assertThat(SpeakerSplit.fromCsv(SPLIT.toCsv())).isEqualTo(SPLIT).hasSameHashCodeAs(SPLIT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "actor,side | split, line 1: header is \"actor,side\"; allowed: \"actor_id,side\"",
                "'' | split, line 1: header is \"\"; allowed: \"actor_id,side\"",
                "actor_id,side~r:01 | split, line 2: 1 value(s); allowed: 2",
                "actor_id,side~r:01,train~r:01,test | split, line 3: actor \"r:01\" is there twice",
                "actor_id,side~r:01,dev | split, line 2: side is \"dev\"; allowed: train, validation, test",
                "actor_id,side~\"r:01,train | split, line 2: a quote opens and is never closed",
            })
    void csvThatIsNoSplitIsRefused(String csv, String message) {
        assertThatThrownBy(() -> SpeakerSplit.fromCsv(csv.replace('~', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
