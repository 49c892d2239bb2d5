/** Shows what became of alerts beyond Kafka, and sends them once more. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.alerts;
