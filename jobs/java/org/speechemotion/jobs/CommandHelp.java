package org.speechemotion.jobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.speechemotion.settings.KeyHelp;
import org.speechemotion.settings.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** Formats the help of a command. */
final class CommandHelp {
    /** The topic that shows all keys. */
    static final String ALL = "all";

    private static final int WIDTH = 110;
    private static final int OPTION_WIDTH = 16;

    private final Job job;

    CommandHelp(Job job) {
        this.job = job;
    }

    /**
     * Returns the help.
     *
     * @param topic "" for the keys that people need first, {@value #ALL} for all keys, or a section or key
     * @throws SettingsException if the command does not read the section or key
     */
    String text(String topic) {
        if (topic.isEmpty()) {
            return heading() + options() + keys();
        }
        if (topic.equals(ALL)) {
            return heading() + options() + "\n" + bold("All settings with their defaults:") + "\n\n"
                    + KeyHelp.describe(job.keys(), job.usage().meanings());
        }
        List<String> wanted = job.leaves().stream()
                .filter(key -> key.equals(topic) || key.startsWith(topic + "."))
                .toList();
        if (wanted.isEmpty()) {
            throw new SettingsException("--help " + topic + ": " + job.name()
                    + " reads no such key or section; allowed: " + ALL + ", " + String.join(", ", sections()));
        }
        return KeyHelp.describe(wanted, job.usage().meanings());
    }

    private String heading() {
        String operands = job.operandNames().isEmpty() ? "" : " " + job.operandNames();
        return "emotion " + job.name() + ": " + job.purpose() + ".\n\n" + bold("Usage:") + " emotion " + job.name()
                + " [OPTION]…" + operands + " [key=value]…\n\n";
    }

    private String options() {
        boolean spark = job.launcher() == Job.Launcher.SPARK;
        List<String[]> options = new ArrayList<>();
        for (OptionSpec option : new CommandLine(job).getCommandSpec().options()) {
            if (option.hidden() || (option.longestName().equals("--master") && !spark)) {
                continue;
            }
            String label = option.paramLabel();
            boolean valued = option.arity().max() > 0;
            options.add(new String[] {
                option.longestName() + (valued ? " " + (option.arity().min() == 0 ? "[" + label + "]" : label) : ""),
                String.join(" ", option.description())
            });
        }
        options.add(new String[] {
            "key=value",
            "sets a key and overrides the files" + (spark ? "; keys that start with spark. go to Spark" : "")
        });
        job.abbreviations().forEach((name, key) -> options.add(new String[] {name + "=…", "sets " + key}));
        return options.stream()
                .map(option -> ("  %-" + OPTION_WIDTH + "s  %s%n")
                        .formatted(option[0], option[1])
                        .replace("\r", ""))
                .collect(Collectors.joining());
    }

    private String keys() {
        Usage usage = job.usage();
        List<String> shown = usage.shown();
        boolean all = shown.isEmpty() || shown.size() == job.leaves().size();
        Collection<String> keys = shown.isEmpty() ? job.leaves() : shown;
        String title =
                all ? "Settings with their defaults:" : "The settings that people need first, with their defaults:";
        String rest = all
                ? ""
                : "\n" + job.leaves().size() + " settings in all: emotion " + job.name() + " --help all. "
                        + "Those of a section: --help " + sections().get(0)
                        + ".\n";
        return "\n" + bold(title) + "\n\n" + KeyHelp.brief(keys, usage.required(), usage.meanings(), WIDTH) + rest;
    }

    private List<String> sections() {
        return job.leaves().stream()
                .filter(key -> key.contains("."))
                .map(key -> key.replaceFirst("\\..*", ""))
                .distinct()
                .toList();
    }

    private static String bold(String text) {
        return Ansi.AUTO.string("@|bold " + text + "|@");
    }
}
