/** Random numbers that depend on a seed and on keys, and never on the order of calls. */
package org.speechemotion.random;
