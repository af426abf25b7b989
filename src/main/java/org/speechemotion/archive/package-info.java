/** Reads files inside zip and tar archives without unpacking. Archives are not trusted, and names never become paths. */
package org.speechemotion.archive;
