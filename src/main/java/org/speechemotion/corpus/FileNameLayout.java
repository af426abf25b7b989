package org.speechemotion.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Rejection;

/** The layout of a corpus's file names: named parts with a separator between them. */
record FileNameLayout(String corpus, String separator, List<String> parts) {
    /** Creates a clip from a name with the right number of parts. */
    interface Labeller {
        Clip label(String path, FileName name) throws RejectedException;
    }

    /** Returns one entry per audio file. A second file with the same name is rejected as a copy. */
    List<Entry> read(CorpusFiles files, Labeller labeller) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Map<String, String> pathOfName = new HashMap<>();
        for (String path : files.audioFiles()) {
            try {
                FileName name = parse(path);
                Clip clip = labeller.label(path, name);
                String first = pathOfName.putIfAbsent(name.text(), path);
                if (first != null) {
                    throw new RejectedException(new Rejection("copy", "a second copy of the clip at " + first));
                }
                entries.add(new Entry.Labelled(clip));
            } catch (RejectedException e) {
                entries.add(new Entry.Rejected(path, corpus, e.rejection()));
            }
        }
        return List.copyOf(entries);
    }

    private FileName parse(String path) throws RejectedException {
        String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        String name = file.substring(0, file.lastIndexOf('.'));
        String[] values = name.split(separator, -1);
        if (values.length != parts.size()) {
            throw new RejectedException(new Rejection(
                    "file-name",
                    "the file name has %d part(s) separated by \"%s\"; a name of %s has %d: %s"
                            .formatted(values.length, separator, corpus, parts.size(), String.join(separator, parts))));
        }
        return new FileName(name, parts, List.of(values));
    }

    /** A file name without its extension, divided into its parts. */
    record FileName(String text, List<String> parts, List<String> values) {
        /** Decodes the code in a part. */
        <V> V decode(String part, SortedMap<String, V> allowed) throws RejectedException {
            V meaning = allowed.get(value(part));
            if (meaning == null) {
                throw rejected("file-name", part, "", describe(allowed));
            }
            return meaning;
        }

        /** Returns the rejection of a valid code that is excluded. */
        RejectedException excluded(String part, String meaning, String allowed) {
            return rejected("excluded", part, " (" + meaning + ")", allowed);
        }

        private RejectedException rejected(String code, String part, String meaning, String allowed) {
            return new RejectedException(new Rejection(
                    code,
                    "part %d of the file name (%s) is \"%s\"%s; allowed: %s"
                            .formatted(parts.indexOf(part) + 1, part, value(part), meaning, allowed)));
        }

        private String value(String part) {
            return values.get(parts.indexOf(part));
        }

        private static String describe(SortedMap<String, ?> allowed) {
            return allowed.size() > 12
                    ? allowed.firstKey() + " to " + allowed.lastKey()
                    : String.join(", ", allowed.keySet());
        }
    }
}
