package org.speechemotion.plugin;

import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.speechemotion.common.NearestName;

/** Finds plugins on the class path. */
public final class Plugins {
    private Plugins() {}

    /**
     * The plugin of that name.
     *
     * @throws UnknownPluginException if there is none
     * @throws IllegalStateException if two plugins of the type have the same name
     */
    public static <P extends Plugin> P find(Class<P> type, String name) {
        List<P> plugins = all(type);
        for (P plugin : plugins) {
            if (plugin.name().equals(name)) {
                return plugin;
            }
        }
        List<String> known = plugins.stream().map(Plugin::name).toList();
        throw new UnknownPluginException("no %s is named \"%s\"; known: %s"
                .formatted(type.getSimpleName(), name, String.join(", ", NearestName.rank(name, known))));
    }

    /**
     * Every plugin of the type, sorted by name.
     *
     * @throws IllegalStateException if two have the same name
     */
    public static <P extends Plugin> List<P> all(Class<P> type) {
        TreeMap<String, P> byName = new TreeMap<>();
        for (P plugin : ServiceLoader.load(type, loaderFor(type))) {
            P other = byName.put(plugin.name(), plugin);
            if (other != null) {
                throw new IllegalStateException("two plugins of type %s are named \"%s\": %s and %s"
                        .formatted(
                                type.getSimpleName(),
                                plugin.name(),
                                other.getClass().getName(),
                                plugin.getClass().getName()));
            }
        }
        return List.copyOf(byName.values());
    }

    /**
     * The thread's loader also sees jars added when the job was submitted, but a thread of the common pool may carry one
     * that does not see this library at all.
     */
    private static ClassLoader loaderFor(Class<?> type) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(type.getName(), false, context) == type ? context : type.getClassLoader();
        } catch (ClassNotFoundException e) {
            return type.getClassLoader();
        }
    }
}
