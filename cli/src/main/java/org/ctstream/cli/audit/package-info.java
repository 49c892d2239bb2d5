/** Shows a scan's whole way, from the topics and the database. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.audit;
