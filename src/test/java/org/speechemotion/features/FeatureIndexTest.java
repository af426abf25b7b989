package org.speechemotion.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.features.FeatureIndex.Entry;
import org.speechemotion.features.FeatureIndex.RowLocation;

class FeatureIndexTest {
    private static final FeatureKey CLEAN = new FeatureKey("a", 0);
    private static final FeatureKey VIEW = new FeatureKey("a", 1);

    @Test
    void findsOnlyStoredClips() {
        FeatureIndex index = new FeatureIndex(List.of(
                new Entry(CLEAN, new RowLocation("p", 4, 7, 1)), new Entry(VIEW, new RowLocation("p", 90, 8, 2))));
        assertThat(index.keys()).containsExactlyInAnyOrder(CLEAN, VIEW);
        assertThat(index.find(VIEW)).contains(new RowLocation("p", 90, 8, 2));
        assertThat(index.find(new FeatureKey("a", 2))).isEmpty();
        assertThat(index.find(new FeatureKey("b", 0))).isEmpty();
    }

    @Test
    void duplicatesAreReadFromTheFirstPartByName() {
        Entry early = new Entry(CLEAN, new RowLocation("part-0-a", 4, 7, 1));
        Entry late = new Entry(CLEAN, new RowLocation("part-0-b", 400, 7, 1));
        assertThat(new FeatureIndex(List.of(late, early)).find(CLEAN)).contains(early.location());
        assertThat(new FeatureIndex(List.of(early, late)).find(CLEAN)).contains(early.location());
    }
}
