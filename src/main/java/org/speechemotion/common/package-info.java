/** Small tools without a domain: hashes, atomic files, a bounded cache, a parallel map, nearest names, messages of failures. */
package org.speechemotion.common;
