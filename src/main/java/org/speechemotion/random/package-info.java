/** Random numbers drawn from a seed and names, never from the order of calls across items. */
package org.speechemotion.random;
