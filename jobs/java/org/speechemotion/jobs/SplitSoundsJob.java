package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.augment.SoundSplit;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.Counted;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.clips.SoundListing;

/** Holds out a part of the noise or rooms for evaluation. */
@AutoService(Job.class)
public final class SplitSoundsJob extends Job {
    @Override
    public String name() {
        return "split-sounds";
    }

    @Override
    String purpose() {
        return "splits recordings of noise or rooms into a list for training and a held-out list";
    }

    @Override
    Collection<String> keys() {
        return List.of("input", "output", "sounds");
    }

    @Override
    Usage usage() {
        return Usage.requiring("input", "output")
                .first("sounds.held-out-ratio", "sounds.seed")
                .meaning("input", "The folder of recordings to divide.")
                .meaning("output", "The folder to write training.txt and held-out.txt to.");
    }

    @Override
    Launcher launcher() {
        return Launcher.QUICK_JAVA;
    }

    @Override
    int run(Settings settings) throws IOException {
        requireExtension(settings.string("output"), "");
        String input = settings.required("input");
        Path folder = Files.createDirectories(Path.of(settings.required("output")));
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
        AtomicFiles.write(list, names.stream().map(name -> root + name + "\n").collect(Collectors.joining()));
        say(list + ": " + Counted.of(names.size(), "recording"));
    }
}
