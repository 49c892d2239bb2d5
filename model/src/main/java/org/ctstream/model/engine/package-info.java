/** The engines by name. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.engine;
