package org.speechemotion.spark.clips;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.augment.Sounds;
import org.speechemotion.corpus.CorpusFiles;
import org.speechemotion.spark.io.HadoopAudio;
import org.speechemotion.spark.io.HadoopFiles;

/**
 * The recordings that augmentations draw from, listed once, on the driver.
 *
 * @param files the sorted recordings of each folder or list; the keys are as in the settings
 */
public record SoundListing(Map<String, List<String>> files) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(SoundListing.class);
    private static final String LIST = ".txt";
    /** The longest recording, in s; its samples take 230 MB at 16 kHz. */
    private static final double MAX_SECONDS = 3600;

    public SoundListing {
        files = Map.copyOf(files);
    }

    public static SoundListing none() {
        return new SoundListing(Map.of());
    }

    /**
     * Lists folders and lists.
     *
     * @param folders folders, which are searched at any depth, and text files with one path per line, absolute or relative
     *     to the folder of the text file
     * @throws IOException if one cannot be read
     * @throws IllegalArgumentException if one has no audio
     */
    public static SoundListing of(Set<String> folders, Configuration configuration) throws IOException {
        Map<String, List<String>> files = new TreeMap<>();
        for (String folder : folders) {
            List<String> found =
                    folder.endsWith(LIST) ? lines(new Path(folder), configuration) : below(folder, configuration);
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        folder + " names no recordings; allowed: a folder with wav, flac or mp3 files, or a " + LIST
                                + " file with the path of one a line");
            }
            files.put(folder, found);
        }
        return new SoundListing(files);
    }

    /**
     * Opens the listed recordings.
     *
     * @param audio the sample rate and the size of the largest file
     * @param cacheMegabytes the memory of this JVM for decoded recordings, in MiB
     */
    public Sounds open(AudioSettings audio, int cacheMegabytes, Configuration configuration) {
        AudioSettings limits =
                new AudioSettings(audio.sampleRate(), 0, MAX_SECONDS, audio.maximumBytes(), audio.ffmpeg());
        return new HadoopSounds(
                this,
                new ClipReader(new HadoopAudio(configuration), new AudioDecoder(limits)),
                ExecutorModels.sounds(cacheMegabytes));
    }

    /** Returns the longest common prefix of the paths of a folder or list that ends in {@code /}. */
    public String root(String folder) {
        List<String> paths = files.get(folder);
        String common = paths.get(0).substring(0, paths.get(0).lastIndexOf('/') + 1);
        for (String path : paths) {
            while (!path.startsWith(common)) {
                common = common.substring(0, common.lastIndexOf('/', common.length() - 2) + 1);
            }
        }
        return common;
    }

    private static List<String> below(String folder, Configuration configuration) throws IOException {
        HadoopFiles files = new HadoopFiles(folder, configuration);
        List<String> found = files.audioFiles();
        files.unlisted().forEach(unlisted -> LOG.warn("recordings are passed over: {}", unlisted.failure()));
        return found;
    }

    private static List<String> lines(Path list, Configuration configuration) throws IOException {
        FileSystem fileSystem = list.getFileSystem(configuration);
        Path folder = fileSystem.makeQualified(list).getParent();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(fileSystem.open(list), StandardCharsets.UTF_8.newDecoder()))) {
            return reader.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && CorpusFiles.isAudio(line))
                    .map(line -> new Path(folder, line).toString())
                    .sorted()
                    .toList();
        } catch (UncheckedIOException malformed) {
            throw new IllegalArgumentException(
                    list + " is not a list of recordings; allowed: UTF-8 text, one path a line", malformed);
        }
    }
}
