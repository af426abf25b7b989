package org.speechemotion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;

class FetchSettingsTest {

    @Test
    void theDefaultsBind() {
        FetchSettings settings = Settings.load(List.of(), List.of("fetch.endpoint=http://127.0.0.1:1/hub/"))
                .bind("fetch", FetchSettings.class);
        assertThat(settings.home()).isEqualTo(URI.create("http://127.0.0.1:1/hub"));
        assertThat(settings.revision()).isEqualTo("main");
    }

    @Test
    void waitsDoubleUpToAMinute() {
        FetchSettings settings = Fetches.of("https://hub.example", "attempts=20", "retry-seconds=1");
        assertThat(settings.retry(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.retry(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.retry(19)).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hub.example",
                "ftp://hub.example",
                "https://",
                "https://u:p@hub.example",
                "https://h/?q=1",
                "https://h/#f",
                "https://h h"
            })
    void rejectsInvalidEndpoints(String endpoint) {
        assertThatThrownBy(() -> Fetches.of(endpoint))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("fetch: endpoint");
    }

    @Test
    void rejectsValuesOutOfRange() {
        assertThatThrownBy(() -> Fetches.of("https://h", "maximum-bytes=0"))
                .hasMessage("fetch: maximum-bytes is 0; allowed: at least 1");
        assertThatThrownBy(() -> Fetches.of("https://h", "attempts=0")).hasMessageStartingWith("fetch: attempts");
        assertThatThrownBy(() -> Fetches.of("https://h", "connect-seconds=NaN"))
                .hasMessageContaining("connect-seconds");
        assertThatThrownBy(() -> Fetches.of("https://h", "revision=../x")).hasMessageStartingWith("fetch: revision");
        assertThatThrownBy(() -> Fetches.of("https://h", "minimum-bytes-per-second=-1"))
                .hasMessage("fetch: minimum-bytes-per-second is -1; allowed: at least 0");
    }
}
