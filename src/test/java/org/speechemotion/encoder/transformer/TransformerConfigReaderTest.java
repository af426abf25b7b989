package org.speechemotion.encoder.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.encoder.transformer.TransformerConfig.ConvolutionNorm;
import org.speechemotion.weights.WeightsException;

class TransformerConfigReaderTest {
    @TempDir
    Path folder;

    /** The defaults of {@code HubertConfig()} of Hugging Face transformers are those of facebook/hubert-base-ls960. */
    @Test
    void missingValuesHaveTheDefaultsOfHuggingFace() throws IOException {
        TransformerConfig config = read("{\"model_type\":\"hubert\",\"hidden_act\":null}");
        assertThat(config.width()).isEqualTo(768);
        assertThat(config.layers()).isEqualTo(12);
        assertThat(config.heads()).isEqualTo(12);
        assertThat(config.innerWidth()).isEqualTo(3072);
        assertThat(config.featureWidth()).isEqualTo(512);
        assertThat(config.hop()).isEqualTo(320);
        assertThat(config.receptiveField()).isEqualTo(400);
        assertThat(config.frames(16_000)).isEqualTo(49);
        assertThat(config.convolutionNorm()).isEqualTo(ConvolutionNorm.GROUP);
        assertThat(config.convolutionBias()).isFalse();
        assertThat(config.projectionNorm()).isTrue();
        assertThat(config.preNorm()).isFalse();
        assertThat(config.epsilon()).isEqualTo(1e-5);
        assertThat(config.relativePosition()).isEmpty();
        assertThat(read("{\"model_type\":\"wavlm\"}").relativePosition())
                .isEqualTo(Optional.of(new RelativePosition(320, 800)));
        assertThat(read("{\"model_type\":\"hubert\",\"feat_proj_layer_norm\":false}")
                        .projectionNorm())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"model_type\":\"whisper\"     | model_type is \"whisper\"; allowed: one of [hubert, wav2vec2, wavlm]",
                "\"model_type\":7               | model_type is 7; allowed: a string",
                "\"x\":7                        | model_type is missing; allowed: a string",
                "H\"hidden_act\":\"swish\"      | hidden_act is \"swish\"; allowed: one of [gelu, relu]",
                "H\"feat_extract_norm\":\"batch\" | feat_extract_norm is \"batch\"; allowed: one of [group, layer]",
                "H\"hidden_size\":0             | hidden_size is 0; allowed: an integer from 1 to 32768",
                "H\"hidden_size\":1e9           | hidden_size is",
                "H\"hidden_size\":\"768\"       | hidden_size is \"768\"; allowed: an integer",
                "H\"hidden_size\":99999999999   | hidden_size is 99999999999; allowed: an integer",
                "H\"num_attention_heads\":7     | num_attention_heads is 7; allowed: a divisor of hidden_size, which"
                        + " is 768",
                "H\"num_conv_pos_embedding_groups\":5 | allowed: a divisor of hidden_size",
                "H\"num_hidden_layers\":100000  | num_hidden_layers is 100000; allowed: an integer from 1 to 1000",
                "H\"conv_dim\":[512]            | allowed: as many integers as conv_dim and conv_stride have",
                "H\"conv_dim\":[]               | allowed: a list of integers",
                "H\"conv_stride\":[11,2,2,2,2,2,2] | conv_stride is [11,2,2,2,2,2,2]; allowed: at most conv_kernel",
                "H\"layer_norm_eps\":0          | layer_norm_eps is 0; allowed: a number between 0 and 1",
                "H\"conv_bias\":\"yes\"         | conv_bias is \"yes\"; allowed: true or false",
                "H\"conv_pos_batch_norm\":true  | conv_pos_batch_norm is true; allowed: false",
                "H\"add_adapter\":true          | add_adapter is true; allowed: false",
                "H\"adapter_attn_dim\":16       | attention adapters are not supported",
                "H\"hidden_size\":64,\"hidden_size\":32 | Duplicate field 'hidden_size'",
            })
    void invalidValuesAreRejectedWithTheAllowedOnes(String keys, String reason) {
        assertThatThrownBy(() -> read("{" + keys.replace("H", "\"model_type\":\"hubert\",") + "}"))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(folder.resolve("config.json").toString())
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[] | is not a JSON object", "{ | is not JSON", "{} {} | is not JSON"})
    void rejectsOtherJson(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAConfigOfManyMegabytes() {
        assertThatThrownBy(() -> read(" ".repeat((4 << 20) + 1)))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("has 4194305 bytes; allowed: at most 4194304");
    }

    private TransformerConfig read(String json) throws IOException {
        return TransformerConfigReader.read(ConfigFile.read(Files.writeString(folder.resolve("config.json"), json)));
    }
}
