package org.speechemotion.asr.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.asr.CtcVocabulary;
import org.speechemotion.weights.WeightsException;

class TokenizerFolderTest {
    private static final String SIX = "{\"<pad>\": 0, \"<unk>\": 1, \"|\": 2, \"A\": 3, \"<s>\": 4, \"</s>\": 5}";

    @TempDir
    Path folder;

    @Test
    void aVocabularyAloneHasTheDefaultsOfHuggingFace() throws IOException {
        write("vocab.json", SIX);
        CtcVocabulary vocabulary = TokenizerFolder.read(folder, "", 6);
        assertThat(texts(vocabulary)).containsExactly("<pad>", "<unk>", " ", "A", "<s>", "</s>");
        assertThat(vocabulary.blank()).isZero();
        assertThat(vocabulary.isDelimiter(2)).isTrue();
        assertThat(vocabulary.isDelimiter(3)).isFalse();
    }

    /** Transformers 4 saves fine-tuned models with tokens beyond the vocabulary and with objects for tokens. */
    @Test
    void specialAndAddedTokensAreThoseOfTheirFiles() throws IOException {
        write("vocab.json", "{\"A\": 0, \"Ä\": 1, \"_\": 2, \"[UNK]\": 3, \"[PAD]\": 4}");
        write("added_tokens.json", "{\"<s>\": 5, \"</s>\": 6}");
        write(
                "tokenizer_config.json",
                "{\"pad_token\": \"<pad>\", \"do_lower_case\": true, \"word_delimiter_token\": \"_\"}");
        write(
                "special_tokens_map.json",
                "{\"pad_token\": {\"content\": \"[PAD]\", \"lstrip\": false}, \"unk_token\": \"[UNK]\"}");
        CtcVocabulary vocabulary = TokenizerFolder.read(folder, "Wav2Vec2CTCTokenizer", 8);
        assertThat(texts(vocabulary)).containsExactly("a", "ä", " ", "[unk]", "[pad]", "<s>", "</s>", "[unk]");
        assertThat(vocabulary.blank()).isEqualTo(4);
    }

    /** Transformers 5 writes its own file, which takes precedence over the older ones. */
    @Test
    void theConfigurationsOwnAddedTokensPrecedeTheOlderFiles() throws IOException {
        write("vocab.json", "{\"<pad>\": 0, \"|\": 1, \"a\": 2}");
        write("tokenizer_config.json", "{\"added_tokens_decoder\": {\"3\": {\"content\": \"b\"}}}");
        write("added_tokens.json", "{\"c\": 3}");
        write("special_tokens_map.json", "{\"pad_token\": \"a\"}");
        CtcVocabulary vocabulary = TokenizerFolder.read(folder, "", 4);
        assertThat(texts(vocabulary)).containsExactly("<pad>", " ", "a", "b");
        assertThat(vocabulary.blank()).isZero();
    }

    @Test
    void tokensBeyondTheOutputsAreIgnored() throws IOException {
        write("vocab.json", SIX);
        assertThat(TokenizerFolder.read(folder, "", 4).size()).isEqualTo(4);
    }

    @Test
    void unknownTokenizersAreNamedWithTheKnownOnes() throws IOException {
        write("vocab.json", SIX);
        assertRefused(
                "the tokenizer is Wav2Vec2PhonemeCTCTokenizer; allowed: one of [Wav2Vec2CTCTokenizer]",
                "Wav2Vec2PhonemeCTCTokenizer");
        write("tokenizer_config.json", "{\"tokenizer_class\": \"WhisperTokenizer\"}");
        assertRefused("the tokenizer is WhisperTokenizer; allowed: one of [Wav2Vec2CTCTokenizer]", "");
        Files.delete(folder.resolve("vocab.json"));
        Files.delete(folder.resolve("tokenizer_config.json"));
        assertRefused("vocab.json is missing", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 0, \"b\": 1}                    | the token of padding, is \"<pad>\" with the id missing",
                "{\"<pad>\": 9}                          | \"<pad>\" with the id 9; allowed: 0 to 5",
                "{\"<pad>\": 0, \"a\": 0}                | a is 0; allowed: another id, because <pad> has it too",
                "{\"<pad>\": 0, \"a\": -1}               | a is -1; allowed: an integer from 0",
                "{\"<pad>\": 0, \"a\": \"x\"}            | a is \"x\"; allowed: an integer from 0",
                "{\"eng\": {\"<pad>\": 0}}               | eng is {\"<pad>\":0}; allowed: an integer from 0",
                "{\"<pad>\": 0, \"\\u001b[2J\": 1}       | allowed: at most 100 characters without control characters",
                "{\"<pad>\": 0, \"<pad>\": 1}            | Duplicate field '<pad>'",
                "[]                                      | is not a JSON object",
            })
    void damagedVocabulariesAreOnePlainLine(String json, String reason) throws IOException {
        write("vocab.json", json);
        assertRefused(reason, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"pad_token\": 7}                             | pad_token is 7; allowed: a string",
                "{\"replace_word_delimiter_char\": \"-\"}       | replace_word_delimiter_char is \"-\"; allowed",
                "{\"added_tokens_decoder\": {\"x\": {}}}        | added_tokens_decoder.x is {}; allowed: an id",
            })
    void damagedConfigurationsAreOnePlainLine(String json, String reason) throws IOException {
        write("vocab.json", SIX);
        write("tokenizer_config.json", json);
        assertRefused(reason, "");
    }

    @Test
    void longTokensAndManyOfThemAreRefused() throws IOException {
        write("vocab.json", "{\"<pad>\": 0, \"" + "a".repeat(101) + "\": 1}");
        assertRefused("allowed: at most 100 characters", "");
        write("vocab.json", " ".repeat((8 << 20) + 1));
        assertRefused("allowed: at most 8388608", "");
    }

    private void assertRefused(String reason, String tokenizerClass) {
        assertThatThrownBy(() -> TokenizerFolder.read(folder, tokenizerClass, 6))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(folder.toString())
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    private void write(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json);
    }

    private static List<String> texts(CtcVocabulary vocabulary) {
        return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::text).toList();
    }
}
