/** An engine without a network, for measuring everything around one. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.engine.none;
