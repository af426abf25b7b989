package org.speechemotion.spark.ml;

import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;
import org.speechemotion.settings.Settings;

/**
 * The settings of a stage. The stage's own defaults override {@code reference.conf}; its {@code settings} override them, and Params
 * that are set override those. They are bound in the same way as those of the jobs, so an unknown key is an error here too.
 */
final class StageSettings {
    /** The settings of {@code reference.conf}, which are the defaults of the Params. */
    static final Settings REFERENCE = Settings.ofTexts();

    private StageSettings() {}

    /**
     * Returns the settings of a stage.
     *
     * @param beginning the stage's own defaults, as HOCON
     * @param keys the Params, and the keys that each of them sets
     * @param more keys and values that override everything else
     * @throws org.speechemotion.settings.SettingsException if a key is unknown, or the text is not HOCON
     */
    static Settings of(
            HasAudioInput<?> stage, String beginning, Map<Param<?>, List<String>> keys, Map<String, ?> more) {
        String set = keys.entrySet().stream()
                .filter(entry -> stage.isSet(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream().map(key -> line(key, stage.getOrDefault(entry.getKey()))))
                .collect(Collectors.joining());
        String last = more.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        return Settings.ofTexts(beginning, stage.getSettings(), set, last);
    }

    private static String line(String key, Object value) {
        return key + " = " + ConfigValueFactory.fromAnyRef(value).render() + "\n";
    }
}
