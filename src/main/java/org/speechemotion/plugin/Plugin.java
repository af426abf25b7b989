package org.speechemotion.plugin;

/** A service that {@link java.util.ServiceLoader} finds and that settings select by name. */
public interface Plugin {
    /** Returns the name in settings: lower-case words joined by hyphens, unique within the service type. */
    String name();
}
