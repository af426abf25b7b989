package org.speechemotion.encoder.onnx;

import org.speechemotion.encoder.PretrainedSettings.ExecutionProvider;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.FrozenForwardContract;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** Runs on a machine with a GPU, by {@code scripts/check-gpu}. It has no name of a test, because other machines cannot run it. */
class OnnxCudaForwardCheck extends FrozenForwardContract {

    @Override
    protected FrozenForward open(TransformerConfig config, EncoderTensors tensors) {
        return new OnnxForward(config, tensors, Precision.FLOAT32, new Processor(ExecutionProvider.CUDA, 0), 1);
    }
}
