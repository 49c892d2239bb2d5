/** The demo's accounting. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.demo;
