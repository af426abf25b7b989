/** Finds services by name; an error about an unknown name lists the known ones, the nearest first. */
package org.speechemotion.plugin;
