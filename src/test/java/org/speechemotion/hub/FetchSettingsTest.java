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
        FetchSettings settings = new FetchSettings("https://hub.example", "main", 1, 20, 1, 1, 0, 1);
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
    void refusesWhatIsNoEndpoint(String endpoint) {
        assertThatThrownBy(() -> new FetchSettings(endpoint, "main", 1, 1, 1, 1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("endpoint");
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> new FetchSettings("https://h", "main", 0, 1, 1, 1, 0, 1))
                .hasMessage("maximum-bytes is 0; allowed: at least 1");
        assertThatThrownBy(() -> new FetchSettings("https://h", "main", 1, 0, 1, 1, 0, 1))
                .hasMessageStartingWith("attempts");
        assertThatThrownBy(() -> new FetchSettings("https://h", "main", 1, 1, Double.NaN, 1, 0, 1))
                .hasMessageStartingWith("connect-seconds");
        assertThatThrownBy(() -> new FetchSettings("https://h", "../x", 1, 1, 1, 1, 0, 1))
                .hasMessageStartingWith("revision");
        assertThatThrownBy(() -> new FetchSettings("https://h", "main", 1, 1, 1, 1, -1, 1))
                .hasMessage("minimum-bytes-per-second is -1; allowed: at least 0");
    }
}
