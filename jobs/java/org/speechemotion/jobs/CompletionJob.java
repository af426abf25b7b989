package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Prints a script by which a shell completes commands, options and keys. It is made from the commands themselves. Picocli's own
 * generator knows options, but no {@code key=value}.
 */
@AutoService(Job.class)
public final class CompletionJob extends Job {
    private static final String BASH =
            """
            # Completion of emotion for bash: source <(scripts/emotion completion bash)
            _emotion() {
              local word=${COMP_WORDS[COMP_CWORD]} words
              # Bash takes the equals sign as a word of its own, and completes what follows it as a file.
              if [[ $word == = || ${COMP_WORDS[COMP_CWORD-1]} == = ]]; then
                compopt -o default; COMPREPLY=(); return
              fi
              if ((COMP_CWORD == 1)); then
                words="%2$s help --version"
              else
                case ${COMP_WORDS[1]} in
            %1$s
                esac
              fi
              mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
              if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
              if [[ ${#COMPREPLY[@]} == 0 ]]; then compopt -o default; fi
            }
            complete -F _emotion emotion scripts/emotion ./scripts/emotion
            """;

    private static final String ZSH =
            """
            #compdef emotion
            # Completion of emotion for zsh: source <(scripts/emotion completion zsh)
            _emotion() {
              local -a words
              if [[ $PREFIX == *=* ]]; then
                compset -P '*='; _files; return
              fi
              if ((CURRENT == 2)); then
                words=(%2$s help --version)
              else
                case ${(Q)${(z)BUFFER}[2]} in
            %1$s
                esac
              fi
              local result=1
              compadd -S '' -- ${(M)words:#*=} && result=0
              compadd -- ${words:#*=} && result=0
              _files && result=0
              return $result
            }
            compdef _emotion emotion scripts/emotion ./scripts/emotion
            """;

    @Override
    public String name() {
        return "completion";
    }

    @Override
    String purpose() {
        return "prints the completion of commands and keys for a shell";
    }

    @Override
    Collection<String> keys() {
        return List.of();
    }

    @Override
    Launcher launcher() {
        return Launcher.QUICK_JAVA;
    }

    @Override
    String operandNames() {
        return "bash|zsh";
    }

    @Override
    int run(Settings settings) {
        List<Job> jobs = Plugins.all(Job.class);
        String names = jobs.stream().map(Job::name).collect(Collectors.joining(" "));
        switch (String.join(" ", operands())) {
            case "bash" -> say(
                    BASH.formatted(cases(jobs, "words=\"%s\""), names).stripTrailing());
            case "zsh" -> say(ZSH.formatted(cases(jobs, "words=(%s)"), names).stripTrailing());
            default -> throw new SettingsException("the shell is " + operands() + "; allowed: bash, zsh");
        }
        return DONE;
    }

    private static String cases(List<Job> jobs, String assignment) {
        String all = jobs.stream().map(Job::name).collect(Collectors.joining(" "));
        return Stream.concat(
                        jobs.stream()
                                .map(job -> "      " + job.name() + ") " + assignment.formatted(words(job)) + " ;;"),
                        Stream.of("      help) " + assignment.formatted(all) + " ;;"))
                .collect(Collectors.joining("\n"));
    }

    private static String words(Job job) {
        Stream<String> options = new CommandLine(job)
                .getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .filter(option -> !option.equals("--master") || job.launcher() == Launcher.SPARK);
        Stream<String> keys = Stream.concat(job.abbreviations().keySet().stream(), job.leaves().stream())
                .map(key -> key + "=");
        return Stream.concat(options, keys).collect(Collectors.joining(" "));
    }
}
