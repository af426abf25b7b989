/**
 * Small tools without a domain: hashes, atomic files, a bounded cache, a parallel map, nearest names and failure
 * messages.
 */
package org.speechemotion.common;
