package org.speechemotion.spark.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputPatternTest {
    @ParameterizedTest
    @CsvSource({
        "/archive, file:/archive/2026/a.wav, true",
        "/archive/, file:/archive/2026/a.wav, true",
        "/archive, file:/archive-2/a.wav, false",
        "/, file:/archive-2/a.wav, true",
        "/archive/a.wav, file:/archive/a.wav, true",
        "/archive/a.wav, file:/archive/a.wav.bak, false",
        "/archive/*.wav, file:/archive/a.wav, true",
        "/archive/*.wav, file:/archive/2026/a.wav, false",
        "/archive/**/*.wav, file:/archive/a.wav, true",
        "/archive/**/*.wav, file:/archive/2026/11/a.wav, true",
        "/archive/**/*.wav, file:/other/a.wav, false",
        "/archive/**, hdfs://host/archive/a.wav, false",
        "/archive/*.zip, file:/archive/a.zip!/monday/b.wav, true",
        "/archive/a.zip, file:/archive/a.zip!/monday/b.wav, true",
        "/archive/a.zip!/monday, file:/archive/a.zip!/monday/b.wav, true",
        "/archive/a.zip!/*/c.wav, file:/archive/a.zip!/monday/b.wav, false"
    })
    void namesPaths(String input, String path, boolean named) throws IOException {
        assertThat(InputPattern.of(input, new Configuration()).matches(path)).isEqualTo(named);
    }

    @Test
    void aMalformedGlobIsAnError() {
        assertThatThrownBy(() -> InputPattern.of("/archive/[a", new Configuration()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("/archive/[a is not a glob: ");
    }
}
