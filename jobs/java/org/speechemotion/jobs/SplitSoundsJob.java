package org.speechemotion.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.augment.SoundSplit;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.Bindings;
import org.speechemotion.spark.clips.SoundListing;

/** {@code emotion split-sounds}: noise or rooms to train with, and others to test with. Without Spark. */
public final class SplitSoundsJob extends Job {
    public static void main(String[] arguments) {
        main(new SplitSoundsJob(), arguments);
    }

    @Override
    String name() {
        return "split-sounds";
    }

    @Override
    String purpose() {
        return "splits a folder of noise or rooms into two lists, training.txt and held-out.txt.";
    }

    @Override
    Collection<String> keys() {
        return List.of("input", "output", "sounds");
    }

    @Override
    int run(Settings settings) throws IOException {
        String input = Bindings.required(settings, "input");
        Path folder = Files.createDirectories(Path.of(Bindings.required(settings, "output")));
        SoundListing listing = SoundListing.of(Set.of(input), new Configuration());
        String root = listing.root(input);
        List<String> names = listing.files().get(input).stream()
                .map(file -> file.substring(root.length()))
                .toList();
        SoundSplit split =
                SoundSplit.of(names, settings.number("sounds.held-out-ratio"), settings.integer("sounds.seed"));
        write(folder.resolve("training.txt"), root, split.training());
        write(folder.resolve("held-out.txt"), root, split.heldOut());
        return DONE;
    }

    private void write(Path list, String root, List<String> names) throws IOException {
        Files.write(list, names.stream().map(name -> root + name).toList());
        say(list + ": " + names.size() + " recordings");
    }
}
