/** One thin main per command: parse, load the settings, open the session, call the library, print a summary. */
package org.speechemotion.jobs;
