/** One thin class per command: it loads the settings, opens the session, calls the library and prints a summary. */
package org.speechemotion.jobs;
