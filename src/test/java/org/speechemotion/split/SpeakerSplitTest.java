package org.speechemotion.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpeakerSplitTest {
    private static final SpeakerSplit SPLIT =
            SpeakerSplit.of(Map.of("r:02", Side.TEST, "r:01", Side.TRAIN, "m:a,\"b\"\nc", Side.VALIDATION));

    @Test
    void returnsTheSideOfEachSpeaker() {
        assertThat(SPLIT.sideOf("r:02")).isEqualTo(Side.TEST);
        assertThat(SPLIT.speakers(Side.TRAIN)).containsExactly("r:01");
        assertThat(SPLIT.assignment()).hasSize(3);
        assertThatThrownBy(() -> SPLIT.sideOf("r:03"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("speaker \"r:03\" is on no side of the split; did you mean r:01?");
        assertThatThrownBy(() -> SPLIT.sideOf("crema-d:1001"))
                .hasMessage("speaker \"crema-d:1001\" is on no side of the split of 3 speakers");
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
    void csvIsSortedAndQuoted() {
        assertThat(SPLIT.toCsv()).isEqualTo("actor_id,side\n\"m:a,\"\"b\"\"\nc\",validation\nr:01,train\nr:02,test\n");
    }
}
