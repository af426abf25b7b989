/** Settings in HOCON: read in layers, checked against the known keys, bound to each package's settings record. */
package org.speechemotion.settings;
