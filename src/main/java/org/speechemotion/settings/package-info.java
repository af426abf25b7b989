/** Settings in HOCON: files and arguments are layered, checked against the known keys and bound to records. */
package org.speechemotion.settings;
