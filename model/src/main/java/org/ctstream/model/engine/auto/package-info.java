/** Chooses the engine of a process: the first of an order that works, or the faster of two, and says why. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.engine.auto;
