/** Tests: Asking for stored results. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.results;
