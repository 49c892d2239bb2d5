/** How commands reach a Kafka cluster and its schema registry. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.connect;
