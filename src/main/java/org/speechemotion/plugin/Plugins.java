package org.speechemotion.plugin;

import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.speechemotion.common.NearestName;

/** Finds plugins on the class path. */
public final class Plugins {
    private Plugins() {}

    /**
     * Returns the plugin with a name.
     *
     * @throws UnknownPluginException if there is none; the message lists the known names, the nearest first
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
        throw new UnknownPluginException("no %s is named \"%s\"; allowed: %s"
                .formatted(type.getSimpleName(), name, String.join(", ", NearestName.rank(name, known))));
    }

    /**
     * Returns every plugin of a type, sorted by name.
     *
     * @throws IllegalStateException if two plugins have the same name
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
     * Prefers the class loader of the thread, which sees jars that were added when a job was submitted. That of a thread in
     * the common pool may not see this library at all.
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
