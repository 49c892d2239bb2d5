/** {@code ctstream access}: the rights of ctstream's users at the broker. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.access;
