/** Delivery by a Kafka share group: any number of workers on any number of partitions, each record acknowledged by itself. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.queue;
