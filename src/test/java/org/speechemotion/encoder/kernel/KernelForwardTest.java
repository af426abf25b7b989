package org.speechemotion.encoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.FrozenForwardContract;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;

class KernelForwardTest extends FrozenForwardContract {

    @Override
    protected FrozenForward open(TransformerConfig config, EncoderTensors tensors) {
        return new KernelForward(config, tensors, 3);
    }

    @Test
    void invalidInputIsRejectedAndTheForwardStaysUsable() {
        try (EncoderFolder folder = EncoderFolder.open(Folders.path("hubert-base"));
                FrozenForward forward = new KernelForward(folder.config(), folder.tensors(), 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> forward.run(List.of(new float[500], new float[399]), new Tap.Features()))
                    .withMessage("clip 1 has 399 samples; allowed: at least 400");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> forward.run(List.of(new float[400]), new Tap.Hidden(4)))
                    .withMessage("the hidden state is 4; allowed: 0 to 3");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new KernelForward(folder.config(), folder.tensors(), 0))
                    .withMessageContaining("threads is 0");
            assertThat(forward.run(List.of(), new Tap.Features())).isEmpty();
            assertThat(forward.run(List.of(new float[400]), new Tap.Features())).hasSize(1);
        }
    }

    @Test
    void aClosedForwardRejectsCalls() {
        try (EncoderFolder folder = EncoderFolder.open(Folders.path("hubert-base"))) {
            FrozenForward forward = new KernelForward(folder.config(), folder.tensors(), 2);
            forward.run(List.of(new float[400]), new Tap.Hidden(0));
            forward.close();
            forward.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> forward.run(List.of(new float[400]), new Tap.Hidden(0)))
                    .withMessage("the encoder is closed");
        }
    }
}
