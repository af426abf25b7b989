package org.speechemotion.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.speechemotion.augment.AugmentationKind;
import org.speechemotion.plugin.Plugin;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.settings.Settings;

class AcousticCheckTest {
    /** Levels of -30, -29, … -10 dBFS. */
    private static final AcousticRanges TRAINING =
            AcousticRanges.of(profiles(AcousticProperty.LEVEL, -30, -10)).orElseThrow();

    @Test
    void quantilesAreThoseOfNumpy() {
        // numpy.quantile(numpy.arange(-30., -9.), [0, .01, .05, .25, .5, .75, .95, .99, 1])
        assertThat(TRAINING.quantiles())
                .isEqualTo(Map.of("level", List.of(-30.0, -29.8, -29.0, -25.0, -20.0, -15.0, -11.0, -10.2, -10.0)));
        assertThat(TRAINING.recordings()).isEqualTo(21);
    }

    @Test
    void recordingsLikeTheTrainingStayInTheirRanges() {
        AcousticCheck check = AcousticCheck.of(TRAINING, profiles(AcousticProperty.LEVEL, -29, -11));
        assertThat(check.outside()).isZero();
        assertThat(check.advice()).isEmpty();
        assertThat(check.lines()).anyMatch(line -> line.startsWith("No property leaves the range"));
    }

    @Test
    void quietRecordingsLeaveTheRangeAndGetAdvice() {
        AcousticCheck check = AcousticCheck.of(TRAINING, profiles(AcousticProperty.LEVEL, -39, -20));
        AcousticCheck.Finding level = check.findings().get(0);
        assertThat(level.below()).isCloseTo(0.5, within(1e-9));
        assertThat(level.above()).isZero();
        assertThat(level.median()).isEqualTo(-29.5);
        assertThat(check.outside()).isEqualTo(10);
        assertThat(check.advice())
                .containsExactly("level: 50 % of the recordings are quieter than those of the training: train with"
                        + " wider gains (augmentation.gain.lowest-decibels)");
        assertThat(check.lines().get(1))
                .matches("level +-30 dBFS to -10 dBFS +-20 dBFS +-30 dBFS +50% +0%  leaves the range");
    }

    /** A setting of an augmentation has no effect unless the default chain contains it, or the advice adds it to the chain. */
    @ParameterizedTest
    @EnumSource
    void theAdviceNamesSettingsThatHaveAnEffect(AcousticProperty property) {
        Settings settings = Settings.load(List.of(), List.of());
        for (boolean low : List.of(true, false)) {
            String advice = property.advice(low);
            List<String> added =
                    words("[a-z-]+(?= in augmentation\\.chain)", advice).toList();
            List<String> chain = new ArrayList<>(settings.config().getStringList("augmentation.chain"));
            assertThat(added).doesNotContainAnyElementsOf(chain);
            chain.addAll(added);
            assertThat(words("(?:augmentation|score)(?:\\.[a-z-]+)+", advice))
                    .allSatisfy(key -> assertThat(settings.values(List.of("augmentation", "score")))
                            .containsKey(key));
            assertThat(words("(?<=augmentation\\.)[a-z-]+(?=\\.)", advice)).isSubsetOf(chain);
            assertThat(added)
                    .isSubsetOf(Plugins.all(AugmentationKind.class).stream()
                            .map(Plugin::name)
                            .toList());
        }
    }

    private static Stream<String> words(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group);
    }

    @Test
    void missingPropertiesAreLeftOut() {
        AcousticCheck check = AcousticCheck.of(TRAINING, profiles(AcousticProperty.PITCH, 100, 120));
        assertThat(check.findings()).isEmpty();
        assertThat(check.outside()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> AcousticCheck.of(TRAINING, List.of()));
    }

    @Test
    void invalidQuantilesAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AcousticRanges(1, Map.of("level", List.of(1.0, 2.0))))
                .withMessage("quantiles.level is [1.0, 2.0]; allowed: 9 finite numbers in ascending order");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new AcousticRanges(1, Map.of("level", List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 9.0, 8.0))));
        assertThatIllegalArgumentException().isThrownBy(() -> new AcousticRanges(0, Map.of()));
        // A later release may know other properties.
        assertThat(new AcousticRanges(1, Map.of("later", List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)))
                        .quantiles())
                .hasSize(1);
    }

    private static List<AcousticProfile> profiles(AcousticProperty property, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(value -> new AcousticProfile(Map.of(property, (double) value)))
                .toList();
    }
}
