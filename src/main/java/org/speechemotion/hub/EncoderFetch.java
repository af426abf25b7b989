package org.speechemotion.hub;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Fetches the files of an encoder's folder: {@code config.json}, {@code preprocessor_config.json}, the weights, and
 * {@code vocab.json} where there is one.
 *
 * <p>A file has a {@code .part} after its name until its size and its digest, where the hub says one, are checked. A
 * fetch that ends early goes on where it ended, and a folder that is whole costs no connection. All files are of one
 * commit.
 */
public final class EncoderFetch {
    /** Forms of the weights, the preferred first; an index stands for the files that it names. */
    private static final List<String> WEIGHTS = List.of(
            "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json");

    private static final long MAXIMUM_JSON_BYTES = 4 << 20;

    private final FetchSettings settings;
    private final HubClient client;

    /**
     * A fetch from one hub.
     *
     * @param token that the hub alone is shown
     * @throws IllegalArgumentException if the token is none that a header can carry
     */
    public EncoderFetch(FetchSettings settings, Optional<String> token) {
        if (token.isPresent() && !token.get().matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException("HF_TOKEN must be printable ASCII without spaces");
        }
        this.settings = settings;
        client = new HubClient(settings, token);
    }

    /**
     * Brings what is missing.
     *
     * @param repository {@code owner/name}
     * @param folder made where there is none
     * @return the commit that the files are of; empty where the hub does not say
     * @throws IllegalArgumentException if the repository's name is none
     * @throws FileNotFoundException if the hub does not have what an encoder needs, or does not let the user have it
     * @throws FileAlreadyExistsException if the folder has files that another fetch, or none, put there
     * @throws HubException if what comes is not what the hub says it is, or another fetch is at work in the folder
     * @throws IOException if connections break more often than the settings allow, or the folder cannot be written
     */
    public Optional<String> fetch(String repository, Path folder, FetchListener listener)
            throws IOException, InterruptedException {
        Repository source = new Repository(repository, settings.revision());
        try (FetchFolder target = FetchFolder.open(folder, source)) {
            new Pass(source, target, listener).run();
            return Optional.of(target.commit()).filter(commit -> !commit.isEmpty());
        }
    }

    /** One walk over what a folder must have. */
    private final class Pass {
        private final Repository source;
        private final FetchFolder target;
        private final FetchListener listener;
        private final Download download;

        Pass(Repository source, FetchFolder target, FetchListener listener) {
            this.source = source;
            this.target = target;
            this.listener = listener;
            download = new Download(client, settings, listener, target);
        }

        void run() throws IOException, InterruptedException {
            if (target.isComplete() && isAllThere()) {
                return;
            }
            require("config.json");
            require("preprocessor_config.json");
            weights();
            bring("vocab.json");
            target.complete();
        }

        private boolean isAllThere() throws IOException {
            for (String name : target.files()) {
                if (!target.has(name)) {
                    return false;
                }
            }
            for (String name : target.files()) {
                listener.kept(name, Files.size(target.file(name)));
            }
            return true;
        }

        private void weights() throws IOException, InterruptedException {
            for (String name : WEIGHTS) {
                if (bring(name)) {
                    if (name.endsWith(".json")) {
                        SortedSet<String> shards = ShardIndex.shards(target.file(name));
                        for (String shard : shards) {
                            require(shard);
                        }
                    }
                    return;
                }
            }
            throw missing("none of " + String.join(", ", WEIGHTS));
        }

        private void require(String name) throws IOException, InterruptedException {
            if (!bring(name)) {
                throw missing("no " + name);
            }
        }

        private boolean bring(String name) throws IOException, InterruptedException {
            if (target.has(name)) {
                listener.kept(name, Files.size(target.file(name)));
                return true;
            }
            return download.bring(source, name, name.endsWith(".json") ? MAXIMUM_JSON_BYTES : settings.maximumBytes());
        }

        private FileNotFoundException missing(String what) {
            return new FileNotFoundException(settings.home() + " has " + what + " in " + source);
        }
    }
}
