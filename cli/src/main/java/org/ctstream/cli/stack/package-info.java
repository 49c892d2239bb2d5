/** The whole of ctstream on this machine: broker, registry and services as child processes. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.stack;
