/** TLS for the ports of a service, with key stores as Kafka takes them. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.tls;
