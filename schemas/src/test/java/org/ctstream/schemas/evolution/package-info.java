/** Tests of how the contracts may change. */
@org.jspecify.annotations.NullMarked
package org.ctstream.schemas.evolution;
