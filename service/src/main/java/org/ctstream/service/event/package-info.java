/** The headers every ctstream record carries: CloudEvents attributes and W3C trace context. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.event;
