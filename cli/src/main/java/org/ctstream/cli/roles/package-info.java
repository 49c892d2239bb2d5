/** Running one service as this process. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.roles;
