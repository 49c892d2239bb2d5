/** A real browser for tests, driven by its own DevTools protocol. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.browser;
