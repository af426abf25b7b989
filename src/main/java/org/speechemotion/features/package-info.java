/** Stored features without an engine: what a store holds, under which settings, and which view an epoch sees. */
package org.speechemotion.features;
