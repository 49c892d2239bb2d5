/** Tests: What every command shows and reads. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.console;
