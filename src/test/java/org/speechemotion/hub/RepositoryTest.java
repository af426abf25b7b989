package org.speechemotion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryTest {

    @ParameterizedTest
    @ValueSource(strings = {"facebook/hubert-base-ls960", "microsoft/wavlm-base-plus", "a/b", "A_1/b.c-d", "_a/b_"})
    void acceptsTheNamesOfTheHub(String id) {
        assertThat(new Repository(id, "main").id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hubert",
                "/a",
                "a/",
                "a/b/c",
                "../x",
                "a/..",
                "a/b..c",
                "a/b--c",
                "a/-b",
                "a/b-",
                ".a/b",
                "a/b.",
                "a/b.git",
                "a b/c",
                "a/b?c",
                "a/b#c",
                "a/b%2e",
                "a/ü",
                "a\\b/c",
                "https://host/a/b",
                "a/b\n"
            })
    void rejectsOtherNames(String id) {
        assertThatThrownBy(() -> new Repository(id, "main"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("owner/name");
    }

    @Test
    void refusesLongNames() {
        assertThat(new Repository("a/" + "b".repeat(96), "main").revision()).isEqualTo("main");
        assertThatThrownBy(() -> new Repository("a/" + "b".repeat(97), "main"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Repository("a".repeat(97) + "/b", "main"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a//b", "../main", "a/../b", "-a", ".a", "a b", "a?b", "a#b", "a%2f", "main\n"})
    void rejectsInvalidRevisions(String revision) {
        assertThatThrownBy(() -> new Repository("a/b", revision))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("revision");
    }

    @Test
    void aRevisionIsOneStepOfThePath() {
        assertThat(new Repository("a/b", "refs/pr/3").file(URI.create("https://hub.example/x"), "config.json"))
                .isEqualTo(URI.create("https://hub.example/x/a/b/resolve/refs%2Fpr%2F3/config.json"));
    }
}
