/** Small tools without a domain. */
package org.speechemotion.common;
