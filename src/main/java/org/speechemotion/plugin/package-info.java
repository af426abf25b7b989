/** Finds a named service; an unknown name is answered with the known ones, the nearest first. */
package org.speechemotion.plugin;
