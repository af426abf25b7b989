package org.speechemotion.encoder.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.encoder.graph.EncoderParity.Way;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.FrozenForwardContract;
import org.speechemotion.encoder.transformer.TransformerConfig;

class GraphForwardTest extends FrozenForwardContract {

    @Override
    protected FrozenForward open(TransformerConfig config, EncoderTensors tensors) {
        return new GraphForward(config, tensors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "hubert-large", "wavlm-base", "wavlm-large"})
    void theContentOfThePaddingDoesNotMatter(String folder) {
        assertThat(EncoderParity.distances(folder, List.of(EncoderParity.Engine.GRAPH), List.of(Way.GARBAGE)))
                .allSatisfy((how, distance) -> assertThat(distance).isLessThanOrEqualTo(2e-5));
    }
}
