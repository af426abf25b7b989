package org.speechemotion.encoder.transformer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.speechemotion.weights.Fingerprint;
import org.speechemotion.weights.Tensors;
import org.speechemotion.weights.WeightFiles;
import org.speechemotion.weights.WeightsException;

/** An open folder of a speech transformer in the layout of Hugging Face, whose files agree with one another. */
public final class EncoderFolder implements AutoCloseable {
    private static final String CONFIG = "config.json";
    private static final String PREPROCESSOR = "preprocessor_config.json";
    /** The file in which transformers 5 saves the settings of all processors of a model. */
    private static final String PROCESSOR = "processor_config.json";

    /** The blocks of it that Hugging Face reads, in this order. */
    private static final List<String> BLOCKS = List.of("feature_extractor", "audio_processor");

    private final Path folder;
    private final TransformerConfig config;
    private final boolean normalizesInput;
    private final int sampleRate;
    private final Tensors checkpoint;
    private final EncoderTensors tensors;

    private EncoderFolder(Path folder, TransformerConfig config, ConfigFile preprocessor, Tensors checkpoint) {
        this.folder = folder;
        this.config = config;
        this.checkpoint = checkpoint;
        normalizesInput = preprocessor.bool("do_normalize", true);
        sampleRate = preprocessor.integer("sampling_rate", 16_000, 1, 1_000_000);
        tensors = new EncoderTensors(folder, config, checkpoint);
    }

    /**
     * Opens a folder.
     *
     * @param folder contains {@code config.json}, the weights, and {@code preprocessor_config.json} or a block
     *     {@code feature_extractor} in {@code processor_config.json}, which takes precedence as in transformers 5
     * @throws WeightsException if a file is missing or damaged, or the files contradict one another
     */
    public static EncoderFolder open(Path folder) {
        TransformerConfig config = TransformerConfigReader.read(ConfigFile.read(folder.resolve(CONFIG)));
        ConfigFile preprocessor =
                featureExtractor(folder).orElseGet(() -> ConfigFile.read(folder.resolve(PREPROCESSOR)));
        Tensors checkpoint = WeightFiles.open(folder);
        try {
            return new EncoderFolder(folder, config, preprocessor, checkpoint);
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    public TransformerConfig config() {
        return config;
    }

    /** Returns whether a clip must be normalised to mean 0 and variance 1 before it is encoded. */
    public boolean normalizesInput() {
        return normalizesInput;
    }

    /** Returns the sample rate of the input in Hz. */
    public int sampleRate() {
        return sampleRate;
    }

    public EncoderTensors tensors() {
        return tensors;
    }

    /**
     * Hashes the names and contents of the configuration and the weights; the location of the folder has no influence.
     *
     * @return the SHA-256 in hexadecimal
     * @throws WeightsException if a file can no longer be read
     */
    public String fingerprint() {
        return Fingerprint.of(files(folder));
    }

    /**
     * Returns every file of a folder that determines the output of its encoder.
     *
     * @throws WeightsException if the folder has no weights, or its {@code processor_config.json} is damaged
     */
    public static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>(WeightFiles.files(folder));
        files.add(folder.resolve(CONFIG));
        files.add(folder.resolve(featureExtractor(folder).isPresent() ? PROCESSOR : PREPROCESSOR));
        return files;
    }

    private static Optional<ConfigFile> featureExtractor(Path folder) {
        Path file = folder.resolve(PROCESSOR);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        ConfigFile processor = ConfigFile.read(file);
        return BLOCKS.stream().flatMap(key -> processor.block(key).stream()).findFirst();
    }

    @Override
    public void close() {
        checkpoint.close();
    }
}
