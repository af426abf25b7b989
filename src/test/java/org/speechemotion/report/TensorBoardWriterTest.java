package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.speechemotion.report.EventFile.crc32c;
import static org.speechemotion.report.EventFile.fields;
import static org.speechemotion.report.EventFile.little;
import static org.speechemotion.report.EventFile.real;
import static org.speechemotion.report.EventFile.reals;
import static org.speechemotion.report.EventFile.text;
import static org.speechemotion.report.EventFile.value;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardWriterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000L, 500_000_000), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void theReadersChecksumIsCrc32c() {
        // RFC 3720, appendix B.4.
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(crc32c(new byte[32])).isEqualTo(0x8a9136aa);
        assertThat(crc32c(ones)).isEqualTo(0x62a8ab43);
        assertThat(crc32c("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xe3069283);
    }

    @Test
    void startsWithTheFileVersion() throws IOException {
        write(writer -> {});
        List<Map<Integer, byte[]>> events = read();
        assertThat(events).hasSize(1);
        assertThat(text(events.get(0).get(3))).isEqualTo("brain.Event:2");
        assertThat(real(events.get(0).get(1))).isEqualTo(1_700_000_000.5);
    }

    /** {@code Event.session_log = 7}, {@code SessionLog.status = 1}, {@code START = 1}: TensorFlow's event.proto. */
    @Test
    void aSessionThatStartsAtAStep() throws IOException {
        write(writer -> writer.startSession(5));
        Map<Integer, byte[]> event = read().get(1);
        assertThat(little(event.get(2)).getLong()).isEqualTo(5);
        assertThat(little(fields(event.get(7)).get(1)).getLong()).isEqualTo(1);
    }

    @Test
    void scalars() throws IOException {
        write(writer -> {
            writer.scalar("train/loss", 0.75, 300);
            writer.scalar("train/loss", Double.NaN, 1L << 40);
        });
        List<Map<Integer, byte[]>> events = read();
        assertThat(text(value(events.get(1)).get(1))).isEqualTo("train/loss");
        assertThat(little(value(events.get(1)).get(2)).getFloat()).isEqualTo(0.75f);
        assertThat(little(events.get(1).get(2)).getLong()).isEqualTo(300);
        assertThat(little(events.get(2).get(2)).getLong()).isEqualTo(1L << 40);
        assertThat(little(value(events.get(2)).get(2)).getFloat()).isNaN();
    }

    @Test
    void images() throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(7, 5, 0xff123456);
        write(writer -> writer.image("confusion", image, 1));
        Map<Integer, byte[]> picture = fields(value(read().get(1)).get(4));
        assertThat(little(picture.get(1)).getLong()).isEqualTo(30);
        assertThat(little(picture.get(2)).getLong()).isEqualTo(40);
        assertThat(little(picture.get(3)).getLong()).isEqualTo(3);
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(picture.get(4)));
        assertThat(decoded.getRGB(7, 5)).isEqualTo(0xff123456);
    }

    @Test
    void histograms() throws IOException {
        write(writer -> {
            writer.histogram("weights", new float[] {0, 1, 2, 3, 30, Float.NaN, Float.POSITIVE_INFINITY}, 1);
            writer.histogram("constant", new float[] {2, 2, 2}, 1);
            writer.histogram("nothing", new float[] {Float.NaN}, 1);
        });
        List<Map<Integer, byte[]>> events = read();
        assertThat(events).hasSize(3);
        Map<Integer, byte[]> weights = fields(value(events.get(1)).get(5));
        assertThat(real(weights.get(1))).isEqualTo(0);
        assertThat(real(weights.get(2))).isEqualTo(30);
        assertThat(real(weights.get(3))).isEqualTo(5);
        assertThat(real(weights.get(4))).isEqualTo(36);
        assertThat(real(weights.get(5))).isEqualTo(914);
        double[] limits = reals(weights.get(6));
        assertThat(limits).hasSize(30);
        assertThat(limits[0]).isCloseTo(1, within(1e-9));
        double[] counts = reals(weights.get(7));
        assertThat(counts).startsWith(1, 1, 1, 1, 0).endsWith(0, 1);
        Map<Integer, byte[]> constant = fields(value(events.get(2)).get(5));
        assertThat(reals(constant.get(7))).startsWith(3, 0).hasSize(30);
    }

    @Test
    void anOlderFileIsLeftAlone() throws IOException {
        write(writer -> writer.scalar("loss", 1, 1));
        Path first = files().get(0);
        byte[] before = Files.readAllBytes(first);
        write(writer -> writer.scalar("loss", 2, 2));
        assertThat(files()).hasSize(2);
        assertThat(Files.readAllBytes(first)).isEqualTo(before);
        assertThat(files()).allSatisfy(file -> assertThat(file.getFileName().toString())
                .startsWith("events.out.tfevents.1700000000."));
    }

    @Test
    void aFlushMakesEventsVisible() throws IOException {
        try (TensorBoardWriter writer = new TensorBoardWriter(folder, CLOCK)) {
            writer.scalar("loss", 1, 1);
            writer.flush();
            assertThat(read()).hasSize(2);
        }
    }

    /** {@code tensorboard/plugins/hparams/plugin_data.proto}; the real reader is src/test/python/read_events.py. */
    @Test
    void settingsAreHyperparameters() throws IOException {
        write(writer -> writer.hyperparameters(Map.of("training.epochs", "3")));
        Map<Integer, byte[]> value = value(read().get(1));
        assertThat(text(value.get(1))).isEqualTo("_hparams_/session_start_info");
        Map<Integer, byte[]> plugin = fields(fields(value.get(9)).get(1));
        assertThat(text(plugin.get(1))).isEqualTo("hparams");
        Map<Integer, byte[]> setting =
                fields(fields(fields(plugin.get(2)).get(3)).get(1));
        assertThat(text(setting.get(1))).isEqualTo("training.epochs");
        assertThat(real(fields(setting.get(2)).get(2))).isEqualTo(3);
    }

    @Test
    void textsAreTensorsOfThePluginForTexts() throws IOException {
        write(writer -> writer.text("confusion", "| a |", 7));
        assertThat(little(read().get(1).get(2)).getLong()).isEqualTo(7);
        Map<Integer, byte[]> value = value(read().get(1));
        assertThat(text(fields(fields(value.get(9)).get(1)).get(1))).isEqualTo("text");
        assertThat(text(fields(value.get(8)).get(8))).isEqualTo("| a |");
    }

    private interface Writing {
        void to(TensorBoardWriter writer) throws IOException;
    }

    private void write(Writing writing) throws IOException {
        try (TensorBoardWriter writer = new TensorBoardWriter(folder.resolve("new/run"), CLOCK)) {
            writing.to(writer);
        }
    }

    private List<Path> files() throws IOException {
        return EventFile.in(folder);
    }

    private List<Map<Integer, byte[]>> read() throws IOException {
        return EventFile.read(files().get(0));
    }
}
