package org.speechemotion.model;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.math.FloatArrays;

/**
 * Reads and writes networks in the zip format of DL4J's {@code ModelSerializer}. The reader does not trust files.
 * {@code ModelSerializer} itself deserialises Java objects from additional entries, instantiates any class that the
 * configuration names, and inflates without a limit. This reader accepts only the entries {@code configuration.json},
 * {@code coefficients.bin} and {@code updaterState.bin} in this order, limits the size of each to what the configuration
 * requires, and rejects values that are not finite.
 */
public final class NetworkFile {
    private static final String CONFIGURATION = "configuration.json";
    private static final String PARAMETERS = "coefficients.bin";
    private static final String UPDATER_STATE = "updaterState.bin";
    private static final List<String> ENTRIES = List.of(CONFIGURATION, PARAMETERS, UPDATER_STATE);

    private static final int MAX_CONFIGURATION_BYTES = 4 << 20;

    /**
     * The maximum ratio of the size of the weights to that of the file. Trained weights hardly compress, so a file with a
     * larger ratio is invalid.
     */
    private static final long MAX_INFLATION = 64;

    private static final long ALWAYS_ALLOWED_BYTES = 1 << 20;

    /**
     * A network that was read.
     *
     * @param configuration the JSON in the file, unchanged
     */
    public record StoredNetwork(ComputationGraph network, String configuration) {}

    private NetworkFile() {}

    /**
     * Writes a network.
     *
     * @param withUpdater whether the updater's state is written too, so that training can be resumed
     * @param out the stream, which is not closed
     * @throws NonFiniteException if a parameter or a value of the updater's state is NaN or infinite; nothing is written
     */
    public static void write(ComputationGraph network, boolean withUpdater, OutputStream out) throws IOException {
        requireFinite(network);
        if (withUpdater) {
            requireFinite("the updater's state", network.getUpdater().getStateViewArray());
        }
        INDArray state = withUpdater ? network.getUpdater().getStateViewArray() : null;
        ZipOutputStream zip = new ZipOutputStream(out);
        // Weights hardly compress, and deflating them takes longer than anything else that is done once an epoch.
        zip.setLevel(Deflater.NO_COMPRESSION);
        zip.putNextEntry(new ZipEntry(CONFIGURATION));
        zip.write(network.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
        zip.putNextEntry(new ZipEntry(PARAMETERS));
        StoredArray.write(network.params(), zip);
        if (state != null && state.length() > 0) {
            zip.putNextEntry(new ZipEntry(UPDATER_STATE));
            StoredArray.write(state, zip);
        }
        zip.finish();
    }

    /**
     * Checks the parameters of a network.
     *
     * @throws NonFiniteException if one of them is NaN or infinite
     */
    public static void requireFinite(ComputationGraph network) {
        requireFinite("the network's parameters", network.params());
    }

    private static void requireFinite(String name, INDArray values) {
        if (values == null) {
            return;
        }
        long count = FloatArrays.nonFinite(values);
        if (count > 0) {
            throw new NonFiniteException(
                    count + " of the " + values.length() + " values of " + name + " are NaN or infinite");
        }
    }

    /**
     * Reads a network.
     *
     * @param archive the whole zip file
     * @param bytes the length of the file in bytes
     * @param withUpdater whether the updater's state is read, if there is one
     * @throws IOException if the file is not a valid network of this project; the message says why in one line
     */
    public static StoredNetwork read(InputStream archive, long bytes, boolean withUpdater) throws IOException {
        return read(archive, bytes, withUpdater, NetworkConfiguration::parse);
    }

    private interface Parser {
        ComputationGraphConfiguration parse(byte[] json) throws IOException;
    }

    private static StoredNetwork read(InputStream archive, long bytes, boolean withUpdater, Parser parser)
            throws IOException {
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            require(zip, CONFIGURATION);
            byte[] json = configuration(zip);
            ComputationGraphConfiguration configuration = parser.parse(json);
            require(zip, PARAMETERS);
            long count = NetworkConfiguration.parameters(configuration);
            requirePlausible(count, bytes);
            ComputationGraph network = new ComputationGraph(configuration);
            network.init(StoredArray.read(zip, PARAMETERS, count), false);
            ZipEntry entry = zip.getNextEntry();
            if (entry != null) {
                require(entry, UPDATER_STATE);
                if (withUpdater) {
                    INDArray state = network.getUpdater().getStateViewArray();
                    network.getUpdater()
                            .setStateViewArray(
                                    StoredArray.read(zip, UPDATER_STATE, state == null ? 0 : state.length()));
                }
                requireLast(zip);
            }
            return new StoredNetwork(network, new String(json, StandardCharsets.UTF_8));
        } catch (EOFException e) {
            throw new IOException("it ends before its entries are complete", e);
        } catch (RuntimeException e) {
            // DL4J and ND4J throw exceptions of many types for contradictory configurations.
            throw new IOException(CONFIGURATION + " describes no network: " + firstLine(e), e);
        }
    }

    /**
     * Reads a network in training, which may have an {@link Adversary}, from a file; see {@link #read(InputStream, long, boolean)}.
     */
    public static StoredNetwork readCheckpoint(Path file, boolean withUpdater) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, Files.size(file), withUpdater, NetworkConfiguration::parseCheckpoint);
        }
    }

    private static byte[] configuration(ZipInputStream zip) throws IOException {
        byte[] json = zip.readNBytes(MAX_CONFIGURATION_BYTES + 1);
        if (json.length > MAX_CONFIGURATION_BYTES) {
            throw new IOException(CONFIGURATION + " has more than " + MAX_CONFIGURATION_BYTES + " bytes, the maximum");
        }
        return json;
    }

    private static void requirePlausible(long parameters, long archiveBytes) throws IOException {
        long max = (ALWAYS_ALLOWED_BYTES + MAX_INFLATION * archiveBytes) / Float.BYTES;
        if (parameters < 1 || parameters > max) {
            throw new IOException(CONFIGURATION + " describes a network of " + parameters
                    + " parameters; allowed: 1 to " + max + " in a file of " + archiveBytes + " bytes");
        }
    }

    private static void require(ZipInputStream zip, String name) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null) {
            throw new IOException("it has no entry " + name);
        }
        require(entry, name);
    }

    private static void require(ZipEntry entry, String name) throws IOException {
        if (!entry.getName().equals(name)) {
            throw new IOException("it has the entry " + printable(entry.getName()) + " where " + name
                    + " is required; allowed: the entries " + ENTRIES + ", once each and in this order");
        }
    }

    private static void requireLast(ZipInputStream zip) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        if (entry != null) {
            throw new IOException("it has the entry " + printable(entry.getName()) + " after the last one, "
                    + UPDATER_STATE + "; allowed: the entries " + ENTRIES + ", once each and in this order");
        }
    }

    private static String printable(String name) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
