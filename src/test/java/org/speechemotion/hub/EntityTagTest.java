package org.speechemotion.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

    @Test
    void readsStrongAndWeakTags() {
        assertThat(EntityTag.parse("\"a\"")).contains(new EntityTag("a"));
        assertThat(EntityTag.parse("W/\"a\"")).contains(new EntityTag("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"a b\"", "\"a\"b\"", "\"a\r\nX: y\"", "\"ü\""})
    void ignoresMalformedTags(String header) {
        assertThat(EntityTag.parse(header)).isEmpty();
    }

    /** {@code printf 'hello\n' | sha256sum} and {@code … | git hash-object --stdin}. */
    @Test
    void knowsTheDigestsOfTheHub(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hello"), "hello\n");
        String sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        String gitBlob = "ce013625030ba8dba906f756967f9e9ca394464a";
        assertThat(new EntityTag(sha256).contradiction(file)).isEmpty();
        assertThat(new EntityTag(gitBlob).contradiction(file)).isEmpty();
        assertThat(new EntityTag("xyz").contradiction(file)).isEmpty();
        assertThat(new EntityTag(sha256.replace('5', '6')).contradiction(file))
                .hasValueSatisfying(why -> assertThat(why).contains("SHA-256", sha256));
        assertThat(new EntityTag(gitBlob.replace('c', 'd')).contradiction(file))
                .hasValueSatisfying(why -> assertThat(why).contains("git blob ID", gitBlob));
    }
}
