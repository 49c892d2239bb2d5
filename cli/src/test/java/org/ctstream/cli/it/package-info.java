/** The whole stream, from a published scan to a stored result, on real brokers with services in processes of their own. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.it;
