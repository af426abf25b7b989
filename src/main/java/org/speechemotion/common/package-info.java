/** Small tools without a domain: hashes, files replaced atomically, a bounded cache, a parallel map, nearest names. */
package org.speechemotion.common;
