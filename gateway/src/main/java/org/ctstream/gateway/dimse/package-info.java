/** The messages that data units carry: commands with their data sets, and the answers. */
@org.jspecify.annotations.NullMarked
package org.ctstream.gateway.dimse;
