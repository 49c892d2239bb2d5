package org.ctstream.sink.store;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.service.error.PoisonRecordException;

/** A record that can never become a result, and why. */
public record Rejected(ConsumerRecord<byte[], byte[]> source, PoisonRecordException reason) {}
