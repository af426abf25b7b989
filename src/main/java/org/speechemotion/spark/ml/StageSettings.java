package org.speechemotion.spark.ml;

import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;
import org.speechemotion.settings.Settings;

/**
 * Settings of a stage. Over {@code reference.conf} come what the stage itself begins with, then its {@code settings}, then
 * the Params that are set. They are bound as the jobs bind theirs, so an unknown key is refused here too.
 */
final class StageSettings {
    /** {@code reference.conf} alone: the defaults of the Params. */
    static final Settings REFERENCE = Settings.ofTexts();

    private StageSettings() {}

    /**
     * The settings.
     *
     * @param beginning HOCON that the stage begins with
     * @param keys the Params that stand for keys
     * @param more keys and values that win over all else
     * @throws org.speechemotion.settings.SettingsException for an unknown key, or text that is no HOCON
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
