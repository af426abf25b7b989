package org.speechemotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.speechemotion.settings.Settings;

/** The documents refer only to files, headings and settings that exist. */
class DocsTest {
    private static final Path SOURCES = Path.of("src/main/java/org/speechemotion");
    private static final Pattern LINK =
            Pattern.compile("]\\((?!https?:)(?<file>[^)#\\s]*)(?:#(?<heading>[^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (?<title>.+)$");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern FILE = Pattern.compile(".*\\.(conf|csv|log|md|parquet|zip)");

    /** This document adds settings as examples. */
    private static final Path EXAMPLES = Path.of("docs/adding.md");

    private static final Map<Path, String> DOCUMENTS = documents();

    @Test
    void linksLeadToFilesAndHeadings() {
        List<String> broken = new ArrayList<>();
        DOCUMENTS.forEach((document, text) -> {
            Matcher links = LINK.matcher(CODE_BLOCK.matcher(text).replaceAll(""));
            while (links.find()) {
                Path target = links.group("file").isEmpty()
                        ? document
                        : document.resolveSibling(links.group("file")).normalize();
                String heading = links.group("heading");
                if (!Files.exists(target)
                        || (heading != null && !headings(target).contains(heading))) {
                    broken.add(document + ": " + links.group());
                }
            }
        });
        assertThat(broken).isEmpty();
    }

    @Test
    void settingsExist() {
        Settings settings = Settings.load(List.of(), List.of());
        List<String> sections = settings.config().root().entrySet().stream()
                .filter(entry -> entry.getValue().valueType() == ConfigValueType.OBJECT)
                .map(Map.Entry::getKey)
                .toList();
        Map<String, String> values = settings.values(sections);
        Set<String> keys = values.keySet();
        // The keys of these sections are chosen by the user.
        List<String> own =
                keys.stream().filter(key -> values.get(key).equals("{}")).toList();
        Pattern setting = Pattern.compile(
                "(?<![\\w./-])(?:" + String.join("|", sections) + ")(?:\\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*)+(?![\\w(-])");
        Set<String> unknown = new TreeSet<>();
        DOCUMENTS.forEach((document, text) -> {
            Matcher found = setting.matcher(document.equals(EXAMPLES) ? "" : text);
            while (found.find()) {
                String key = found.group();
                boolean known = own.stream().anyMatch(section -> key.startsWith(section + "."))
                        || keys.stream().anyMatch(other -> other.equals(key) || other.startsWith(key + "."));
                if (!known
                        && !FILE.matcher(key).matches()
                        && !Files.isDirectory(SOURCES.resolve(key.replace('.', '/')))) {
                    unknown.add(document + ": " + key);
                }
            }
        });
        assertThat(keys).contains("training.epochs", "score.archive.ratio");
        assertThat(unknown).isEmpty();
    }

    /** The anchors of a document's headings, as GitHub makes them. */
    private static Set<String> headings(Path document) {
        return HEADING.matcher(DOCUMENTS.getOrDefault(document, ""))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Map<Path, String> documents() {
        Map<Path, String> documents = new TreeMap<>();
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.list(Path.of("docs"))) {
            List<Path> files = Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
            for (Path file : files) {
                documents.put(file, Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }
}
