package org.speechemotion.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.junit.jupiter.api.Test;
import org.speechemotion.encoder.transformer.Folders;

/** The places of tensors that others may map. */
class FileRangeTest {

    @Test
    void rangesOfFilesHoldTheValues() throws IOException {
        try (Tensors tensors = WeightFiles.open(Folders.path("wavlm-large"))) {
            for (String name : tensors.shapes().keySet()) {
                FileRange range = tensors.range(name).orElseThrow();
                float[] values = tensors.read(name);
                ByteBuffer bytes =
                        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                try (FileChannel file = FileChannel.open(range.file())) {
                    assertThat(file.read(bytes, range.offset())).isEqualTo(bytes.capacity());
                }
                float[] mapped = new float[values.length];
                bytes.flip().asFloatBuffer().get(mapped);
                assertThat(mapped).as(name).isEqualTo(values);
            }
            assertThat(tensors.range("missing")).isEmpty();
        }
    }

    @Test
    void pytorchFilesHaveNoRanges() {
        try (Tensors tensors = WeightFiles.open(Folders.path("hubert-base-bin"))) {
            assertThat(tensors.shapes().keySet())
                    .allSatisfy(name -> assertThat(tensors.range(name)).isEmpty());
        }
    }
}
