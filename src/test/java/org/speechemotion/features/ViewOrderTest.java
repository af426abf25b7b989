package org.speechemotion.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewOrderTest {
    @Test
    void everyClipSeesAllViewsEquallyOftenTheCleanOneAmongThem() {
        ViewOrder order = new ViewOrder(4, 7);
        for (int clip = 0; clip < 50; clip++) {
            for (int start = 0; start < 10; start++) {
                assertThat(views(order, "clip-" + clip, start, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
            }
        }
    }

    @Test
    void anEpochHasAboutAsManyClipsOfEveryView() {
        ViewOrder order = new ViewOrder(4, 7);
        int[] counts = new int[5];
        for (int clip = 0; clip < 5000; clip++) {
            counts[order.view("clip-" + clip, 3)]++;
        }
        // 1000 expected; six standard deviations of a binomial are 170.
        for (int count : counts) {
            assertThat(count).isBetween(830, 1170);
        }
    }

    @Test
    void theStartFollowsFromTheSeedAndTheClip() {
        List<Integer> first = views(new ViewOrder(99, 7), "clip", 0, 5);
        assertThat(views(new ViewOrder(99, 7), "clip", 0, 5)).isEqualTo(first);
        assertThat(views(new ViewOrder(99, 8), "clip", 0, 5)).isNotEqualTo(first);
        assertThat(views(new ViewOrder(99, 7), "another", 0, 5)).isNotEqualTo(first);
    }

    @Test
    void withoutViewsTheOrderHasOnlyTheClip() {
        assertThat(views(new ViewOrder(0, 7), "clip", 0, 20)).containsOnly(FeatureKey.CLEAN);
    }

    private static List<Integer> views(ViewOrder order, String clip, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(epoch -> order.view(clip, epoch))
                .toList();
    }
}
