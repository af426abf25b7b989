/** The engine-independent part of stored features: the description of a store, its parts, and the order of its views. */
package org.speechemotion.features;
