/** What the gateway counts. */
@org.jspecify.annotations.NullMarked
package org.ctstream.gateway.metrics;
