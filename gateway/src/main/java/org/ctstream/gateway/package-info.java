/** Receives scans as PACS send them, and answers success only when Kafka has them. */
@org.jspecify.annotations.NullMarked
package org.ctstream.gateway;
