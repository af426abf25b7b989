package org.speechemotion.plugin;

/** A service that settings choose by name, found by {@link java.util.ServiceLoader}. */
public interface Plugin {
    /** The name that settings use: lower-case words joined by hyphens, unique within the service type. */
    String name();
}
