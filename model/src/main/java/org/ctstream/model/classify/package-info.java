/** The contract between whoever has slices and the engines that classify them; free of any engine's types. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.classify;
