/** Tests: A scan's whole way. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.audit;
