/** How commands ask for what the results sink has stored: by its HTTP API, or in its database itself. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.results;
