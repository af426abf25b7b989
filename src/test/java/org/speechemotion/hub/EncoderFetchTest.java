package org.speechemotion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderFetchTest extends FetchTest {

    @Test
    void downloadsTheFilesOfOneCommit() throws Exception {
        assertThat(fetch()).contains(HubServer.COMMIT);

        assertFetched();
        String pinned = "/" + REPOSITORY + "/resolve/" + HubServer.COMMIT + "/";
        assertThat(hub.seen())
                .extracting(HubServer.Seen::path)
                .containsExactly(
                        "/" + REPOSITORY + "/resolve/main/config.json",
                        pinned + "preprocessor_config.json",
                        pinned + "processor_config.json",
                        pinned + WEIGHTS,
                        pinned + "vocab.json");
        assertThat(hub.seen()).allMatch(seen -> seen.header("Authorization").equals(Optional.of("Bearer secret")));
        assertThat(heard.events).endsWith("begun " + WEIGHTS + " at 0", "fetched " + WEIGHTS + " of " + SIZE);
    }

    @Test
    void withoutACommitTheRevisionIsUsed() throws Exception {
        hub.next("config.json", HubServer.whole());
        hub.next("preprocessor_config.json", HubServer.whole());
        hub.next(WEIGHTS, HubServer.whole());

        assertThat(fetch(Fetches.of(hub.endpoint() + "/", "attempts=1", "revision=refs/pr/5")))
                .isEmpty();
        assertThat(hub.seen()).allMatch(seen -> seen.path().startsWith("/" + REPOSITORY + "/resolve/refs%2Fpr%2F5/"));
    }

    @Test
    void downloadsTheVocabulary() throws Exception {
        hub.put("vocab.json", "{\"a\": 0}").put("tokenizer_config.json", "{}").put("added_tokens.json", "{}");
        fetch();
        assertThat(names()).contains("vocab.json", "tokenizer_config.json", "added_tokens.json");
        assertThat(hub.seen("special_tokens_map.json")).hasSize(1);
    }

    @Test
    void downloadsTheProcessorSettingsOfTransformers5() throws Exception {
        hub.close();
        hub = new HubServer()
                .put("config.json", "{}")
                .put("processor_config.json", "{\"feature_extractor\": {}}")
                .put(WEIGHTS, weights);
        fetch();
        assertThat(names()).containsExactly("config.json", WEIGHTS, "processor_config.json");
    }

    @Test
    void theErrorListsTheMissingFeatureExtractorFiles() throws Exception {
        hub.close();
        hub = new HubServer().put("config.json", "{}").put(WEIGHTS, weights);
        assertThatThrownBy(this::fetch)
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("has neither preprocessor_config.json nor processor_config.json in");
    }

    @Test
    void aCompleteFolderNeedsNoConnection() throws Exception {
        fetch();
        heard.events.clear();
        hub.close();

        assertThat(fetch()).contains(HubServer.COMMIT);
        assertThat(heard.events)
                .containsExactly("kept config.json", "kept " + WEIGHTS, "kept preprocessor_config.json");
    }

    @Test
    void onlyADamagedFileIsDownloadedAgain() throws Exception {
        fetch();
        heard.events.clear();
        byte[] damaged = weights.clone();
        damaged[SIZE / 2]++;
        Files.write(folder.resolve(WEIGHTS), damaged);

        fetch();
        assertFetched();
        assertThat(heard.events)
                .containsExactly(
                        "kept config.json",
                        "kept preprocessor_config.json",
                        "begun " + WEIGHTS + " at 0",
                        "fetched " + WEIGHTS + " of " + SIZE);
    }

    @Test
    void aMissingFileIsDownloadedAgain() throws Exception {
        fetch();
        Files.delete(folder.resolve("config.json"));
        fetch();
        assertFetched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors.index.json", "pytorch_model.bin.index.json"})
    void downloadsTheShardsOfAnIndex(String index) throws Exception {
        HubServer sharded = withoutWeights();
        String ending = index.startsWith("model") ? ".safetensors" : ".bin";
        sharded.put(
                index,
                "{\"metadata\": {}, \"weight_map\": {\"a\": \"part-2" + ending + "\", \"b\": \"part-1" + ending
                        + "\", \"c\": \"part-2" + ending + "\"}}");
        sharded.put("part-1" + ending, content(1000, 3)).put("part-2" + ending, content(2000, 5));

        fetch();
        assertThat(names()).contains(index, "part-1" + ending, "part-2" + ending);
        assertThat(sharded.seen("part-2" + ending)).hasSize(1);
    }

    @Test
    void downloadsPickledWeightsIfThereAreNoOthers() throws Exception {
        withoutWeights().put("pytorch_model.bin", weights);
        fetch();
        assertThat(folder.resolve("pytorch_model.bin")).hasBinaryContent(weights);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"../x.bin\"}",
                "{\"a\": \"/etc/x.bin\"}",
                "{\"a\": \"b/x.bin\"}",
                "{\"a\": \"b\\\\x.bin\"}",
                "{\"a\": \".x.bin\"}",
                "{\"a\": \"config.json\"}",
                "{\"a\": \"x.bin\\u0000\"}",
                "{\"a\": 7}",
                "{}",
                "[\"x.bin\"]",
                "{\"a\": \"x.bin\", \"a\": \"x.bin\"}",
                "{\"a\": "
            })
    void refusesShardNamesThatAreNotPlain(String map) throws Exception {
        withoutWeights().put("model.safetensors.index.json", "{\"weight_map\": " + map + "}");

        assertThatThrownBy(this::fetch).isInstanceOf(HubException.class).hasMessageContaining("index.json");
        try (Stream<Path> all = Files.walk(temporary)) {
            assertThat(all.filter(Files::isRegularFile)).allMatch(file -> file.startsWith(folder));
        }
        assertThat(hub.seen()).noneMatch(seen -> seen.path().contains("x.bin"));
    }

    @Test
    void theErrorListsTheExpectedFiles() throws Exception {
        withoutWeights();
        assertThatThrownBy(this::fetch)
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(hub.endpoint() + " has none of model.safetensors, model.safetensors.index.json,"
                        + " pytorch_model.bin, pytorch_model.bin.index.json in " + REPOSITORY + " at revision main");
    }

    @Test
    void aMissingShardIsAnError() throws Exception {
        withoutWeights().put("model.safetensors.index.json", "{\"weight_map\": {\"a\": \"x.safetensors\"}}");
        assertThatThrownBy(this::fetch)
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("has no x.safetensors");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusalNamesTheToken(int status) {
        hub.next("config.json", HubServer.status(status));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("HF_TOKEN")
                .hasMessageNotContaining("secret");
        assertThat(hub.seen()).hasSize(1);
    }

    @Test
    void leavesOtherFilesAlone() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(WEIGHTS), "mine");

        assertThatThrownBy(this::fetch)
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(WEIGHTS);
        assertThat(folder.resolve(WEIGHTS)).hasContent("mine");
    }

    @Test
    void aFolderHoldsOneRepositoryAndRevision() throws Exception {
        fetch();
        for (List<String> other : List.of(List.of("facebook/another", "main"), List.of(REPOSITORY, "v1"))) {
            FetchSettings settings = Fetches.of(hub.endpoint(), "attempts=1", "revision=" + other.get(1));
            assertThatThrownBy(() -> new EncoderFetch(settings, Optional.empty()).fetch(other.get(0), folder, heard))
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessageContaining(REPOSITORY + " at revision main");
        }
    }

    @Test
    void aFolderIsLockedDuringADownload() throws Exception {
        try (FetchFolder busy = FetchFolder.open(folder, new Repository(REPOSITORY, "main"))) {
            assertThat(busy.isComplete()).isFalse();
            assertThatThrownBy(this::fetch).isInstanceOf(HubException.class).hasMessageContaining("another fetch");
        }
        fetch();
        assertFetched();
    }

    @Test
    void aDamagedRecordIsAPlainError() throws Exception {
        fetch();
        for (String damaged : List.of("", "{", "[]", "{\"repository\": null}", "{\"files\": {\"a\": null}}")) {
            Files.writeString(folder.resolve(".fetch/record.json"), damaged);
            assertThatThrownBy(this::fetch).isInstanceOf(HubException.class).hasMessageContaining("is damaged");
        }
    }

    @Test
    void theTokenMustFitAHeader() {
        assertThatThrownBy(() -> new EncoderFetch(settings(), Optional.of("a\nb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HF_TOKEN");
    }

    private HubServer withoutWeights() throws IOException {
        hub.close();
        hub = new HubServer().put("config.json", "{}").put("preprocessor_config.json", "{}");
        return hub;
    }
}
