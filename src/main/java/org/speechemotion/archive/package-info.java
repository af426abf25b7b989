/** Files inside zip and tar archives, read where they lie. Archives are hostile until parsed; names never become paths. */
package org.speechemotion.archive;
