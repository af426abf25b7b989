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
 * Downloads the folder of an encoder: {@code config.json}, {@code preprocessor_config.json} or {@code processor_config.json},
 * the weights, and the files of the tokenizer if the repository has {@code vocab.json}.
 *
 * <p>The name of a file ends with {@code .part} until its size and digest are verified. An interrupted fetch resumes, and a
 * complete folder needs no connection. All files belong to one commit.
 */
public final class EncoderFetch {
    /** The formats of weights in the order of preference; an index stands for the files that it names. */
    private static final List<String> WEIGHTS = List.of(
            "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json");

    private static final String PREPROCESSOR = "preprocessor_config.json";
    private static final String PROCESSOR = "processor_config.json";

    /** The files of a tokenizer other than its vocabulary. */
    private static final List<String> TOKENIZER =
            List.of("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json");

    static final int MAX_JSON_BYTES = 4 << 20;

    private final FetchSettings settings;
    private final HubClient client;

    /**
     * Prepares a fetch from one hub.
     *
     * @param token the access token, which is sent to the hub only
     * @throws IllegalArgumentException if a header cannot contain the token
     */
    public EncoderFetch(FetchSettings settings, Optional<String> token) {
        if (token.isPresent() && !token.get().matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException(
                    "HF_TOKEN contains other characters; allowed: printable ASCII without spaces");
        }
        this.settings = settings;
        client = new HubClient(settings, token);
    }

    /**
     * Downloads the missing files.
     *
     * @param repository {@code owner/name}
     * @param folder the folder, which is created if necessary
     * @return the commit of the files; empty if the hub does not send it
     * @throws IllegalArgumentException if the name of the repository is invalid
     * @throws FileNotFoundException if the hub lacks a required file or denies access to it
     * @throws FileAlreadyExistsException if the folder has files that this repository's fetch has not written
     * @throws HubException if a file does not match the description of the hub, or another fetch uses the folder
     * @throws IOException if all attempts fail, or the folder cannot be written
     */
    public Optional<String> fetch(String repository, Path folder, FetchListener listener)
            throws IOException, InterruptedException {
        Repository source = new Repository(repository, settings.revision());
        try (FetchFolder target = FetchFolder.open(folder, source)) {
            new Pass(source, target, listener).run();
            return Optional.of(target.commit()).filter(commit -> !commit.isEmpty());
        }
    }

    /** One pass over the required files. */
    private final class Pass {
        private final Repository source;
        private final FetchFolder target;
        private final FetchListener listener;
        private final FileDownload download;

        Pass(Repository source, FetchFolder target, FetchListener listener) {
            this.source = source;
            this.target = target;
            this.listener = listener;
            download = new FileDownload(client, settings, listener, target);
        }

        void run() throws IOException, InterruptedException {
            if (target.isComplete() && hasAllFiles()) {
                return;
            }
            require("config.json");
            preprocessor();
            weights();
            if (fetch("vocab.json")) {
                for (String name : TOKENIZER) {
                    fetch(name);
                }
            }
            target.complete();
        }

        /** Fetches both files if there are two, because a block of the second one takes precedence over the first one. */
        private void preprocessor() throws IOException, InterruptedException {
            boolean own = fetch(PREPROCESSOR);
            if (!fetch(PROCESSOR) && !own) {
                throw missing("neither " + PREPROCESSOR + " nor " + PROCESSOR);
            }
        }

        private boolean hasAllFiles() throws IOException {
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
                if (fetch(name)) {
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
            if (!fetch(name)) {
                throw missing("no " + name);
            }
        }

        private boolean fetch(String name) throws IOException, InterruptedException {
            if (target.has(name)) {
                listener.kept(name, Files.size(target.file(name)));
                return true;
            }
            return download.run(source, name, name.endsWith(".json") ? MAX_JSON_BYTES : settings.maximumBytes());
        }

        private FileNotFoundException missing(String files) {
            return new FileNotFoundException(settings.home() + " has " + files + " in " + source);
        }
    }
}
