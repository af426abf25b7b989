package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.settings.Settings;

/** Nothing can be added without a test and a section of the settings. */
class AugmentationKindsTest {
    private static final Settings DEFAULTS = Settings.load(List.of(), List.of());

    static List<AugmentationKind> kinds() {
        return Plugins.all(AugmentationKind.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void extendsTheContract(AugmentationKind kind) throws Exception {
        Class<?> test = Class.forName(kind.type().getName() + "Test");

        assertThat(AugmentationContract.class).isAssignableFrom(test);
        AugmentationContract contract =
                (AugmentationContract) test.getDeclaredConstructor().newInstance();
        assertThat(contract.name()).isEqualTo(kind.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(contract.augmentation()).isExactlyInstanceOf(kind.type());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void hasAProbability(AugmentationKind kind) {
        assertThat(DEFAULTS.number("augmentation." + kind.name() + ".probability"))
                .isBetween(0.0, 1.0);
    }

    @Test
    void theDefaultChainNeedsNoFolders() {
        List<String> chain = DEFAULTS.config().getStringList("augmentation.chain");

        assertThat(chain).doesNotHaveDuplicates();
        assertThat(kinds().stream().map(AugmentationKind::name)).containsAll(chain);
        for (String name : chain) {
            AugmentationKind kind = Plugins.find(AugmentationKind.class, name);
            Augmentation augmentation = (Augmentation) DEFAULTS.bind("augmentation." + name, kind.type());
            assertThat(augmentation.folders()).isEmpty();
        }
    }
}
