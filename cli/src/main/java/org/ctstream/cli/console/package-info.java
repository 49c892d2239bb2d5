/** What commands share in speaking to people: tables, terminals, sizes. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.console;
