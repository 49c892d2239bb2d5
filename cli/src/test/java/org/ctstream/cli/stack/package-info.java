/** Which release a stack serves. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.stack;
