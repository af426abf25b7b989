/** An HTTP service that scores uploads and live streams, with a page for browsers. */
package org.speechemotion.serve;
