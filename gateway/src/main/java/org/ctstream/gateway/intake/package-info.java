/** What both protocols do with an object that has arrived: a Part 10 file, de-identified, acknowledged by Kafka. */
@org.jspecify.annotations.NullMarked
package org.ctstream.gateway.intake;
