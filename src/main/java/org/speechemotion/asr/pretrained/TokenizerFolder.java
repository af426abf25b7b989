package org.speechemotion.asr.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.speechemotion.asr.CtcVocabulary;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.StrictJson;
import org.speechemotion.weights.WeightsException;

/**
 * Reads the tokenizer of a CTC model as {@code Wav2Vec2CTCTokenizer} of transformers does: {@code vocab.json}, and if they
 * exist {@code tokenizer_config.json}, {@code special_tokens_map.json} and {@code added_tokens.json}. The last two are used
 * only if the configuration has no {@code added_tokens_decoder}. The token of padding is the blank.
 */
final class TokenizerFolder {
    private static final String VOCABULARY = "vocab.json";
    private static final String CONFIG = "tokenizer_config.json";
    private static final String SPECIAL = "special_tokens_map.json";
    private static final String ADDED = "added_tokens.json";
    private static final String DECODER = "added_tokens_decoder";

    private static final List<String> KNOWN = List.of("Wav2Vec2CTCTokenizer");
    private static final int MAX_BYTES = 8 << 20;
    private static final int MAX_TOKEN_LENGTH = 100;
    private static final int MAX_ID = 1 << 24;

    private final Path folder;
    private final JsonNode config;
    private final JsonNode special;

    private TokenizerFolder(Path folder) {
        this.folder = folder;
        config = optional(CONFIG);
        special = config.has(DECODER) ? MissingNode.getInstance() : optional(SPECIAL);
    }

    /** Returns the files of a tokenizer that exist, of those that this class may read. */
    static List<Path> files(Path folder) {
        return Stream.of(VOCABULARY, CONFIG, SPECIAL, ADDED)
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    /**
     * Reads the tokenizer.
     *
     * @param tokenizerClass the class that {@code config.json} names; "" for none
     * @param outputs the number of outputs of the model; tokens beyond it are ignored, and outputs without a token are unknown
     *     ones
     * @throws WeightsException if a file is missing or damaged, or the tokenizer is of an unknown kind
     */
    static CtcVocabulary read(Path folder, String tokenizerClass, int outputs) {
        return new TokenizerFolder(folder).vocabulary(tokenizerClass, outputs);
    }

    private CtcVocabulary vocabulary(String classInModel, int outputs) {
        String kind = config.path("tokenizer_class").asText(classInModel);
        if (!kind.isEmpty() && !KNOWN.contains(kind)) {
            throw new WeightsException(folder + ": the tokenizer is " + kind + "; allowed: one of " + KNOWN);
        }
        Map<Integer, String> tokens = addedTokens();
        tokens.putAll(tokens(VOCABULARY, required(VOCABULARY)));
        String blank = specialToken("pad_token", "<pad>");
        String unknown = specialToken("unk_token", "<unk>");
        String delimiter = specialToken("word_delimiter_token", "|");
        if (!config.path("replace_word_delimiter_char").asText(" ").equals(" ")) {
            throw wrong(CONFIG, "replace_word_delimiter_char", config.path("replace_word_delimiter_char"), "\" \"");
        }
        boolean lowerCase = config.path("do_lower_case").asBoolean(false);
        int blankId = tokens.entrySet().stream()
                .filter(token -> token.getValue().equals(blank))
                .mapToInt(Map.Entry::getKey)
                .min()
                .orElse(-1);
        if (blankId < 0 || blankId >= outputs) {
            throw new WeightsException(folder + ": the blank, which is the token of padding, is \"" + blank
                    + "\" with the id " + (blankId < 0 ? "missing" : blankId) + "; allowed: 0 to " + (outputs - 1)
                    + ", the outputs of the model");
        }
        List<String> texts = new ArrayList<>();
        for (int id = 0; id < outputs; id++) {
            String token = tokens.getOrDefault(id, unknown);
            String text = token.equals(delimiter) ? " " : token;
            texts.add(lowerCase ? text.toLowerCase(Locale.ROOT) : text);
        }
        return new CtcVocabulary(texts, blankId);
    }

    private Map<Integer, String> addedTokens() {
        if (!config.has(DECODER)) {
            return tokens(ADDED, optional(ADDED));
        }
        Map<Integer, String> tokens = new HashMap<>();
        config.path(DECODER).fields().forEachRemaining(entry -> {
            String id = entry.getKey();
            JsonNode content = entry.getValue().path("content");
            if (!id.matches("[0-9]{1,7}") || !content.isTextual()) {
                throw wrong(CONFIG, DECODER + "." + id, entry.getValue(), "an id with an object that has a content");
            }
            tokens.put(Integer.parseInt(id), plain(CONFIG, content.asText()));
        });
        return tokens;
    }

    /** Returns the tokens of an object that maps them to ids. */
    private Map<Integer, String> tokens(String file, JsonNode object) {
        Map<Integer, String> tokens = new HashMap<>();
        object.fields().forEachRemaining(entry -> {
            JsonNode id = entry.getValue();
            String token = plain(file, entry.getKey());
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() < 0 || id.asInt() > MAX_ID) {
                throw wrong(file, token, id, "an integer from 0 to " + MAX_ID);
            }
            String other = tokens.put(id.asInt(), token);
            if (other != null) {
                throw wrong(file, token, id, "another id, because " + other + " has it too");
            }
        });
        return tokens;
    }

    private String specialToken(String key, String absent) {
        JsonNode node = special.has(key) ? special.path(key) : config.path(key);
        JsonNode content = node.isObject() ? node.path("content") : node;
        if (content.isMissingNode() || content.isNull()) {
            return absent;
        }
        if (!content.isTextual()) {
            throw wrong(special.has(key) ? SPECIAL : CONFIG, key, node, "a string, or an object with a content");
        }
        return content.asText();
    }

    /** Long tokens would flood transcripts, and control characters would reach terminals. */
    private String plain(String file, String token) {
        if (token.length() > MAX_TOKEN_LENGTH || token.chars().anyMatch(Character::isISOControl)) {
            throw new WeightsException(folder.resolve(file) + ": there is a token \""
                    + token.substring(0, Math.min(token.length(), MAX_TOKEN_LENGTH)) + "\"; allowed: at most "
                    + MAX_TOKEN_LENGTH + " characters without control characters");
        }
        return token;
    }

    private JsonNode required(String name) {
        if (!Files.isRegularFile(folder.resolve(name))) {
            throw new WeightsException(folder.resolve(name) + " is missing; a folder for speech recognition has the"
                    + " vocabulary of a tokenizer in addition to its model; known tokenizers: " + KNOWN);
        }
        return optional(name);
    }

    private JsonNode optional(String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        try {
            return StrictJson.object(file, MAX_BYTES);
        } catch (IOException e) {
            throw new WeightsException(FailureMessage.of(e), e);
        }
    }

    private WeightsException wrong(String file, String key, JsonNode found, String allowed) {
        return new WeightsException(folder.resolve(file) + ": " + key + " is " + found + "; allowed: " + allowed);
    }
}
