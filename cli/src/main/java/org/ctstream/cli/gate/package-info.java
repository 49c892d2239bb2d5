/** {@code ctstream model gate}: what tells chest CT slices from other pictures. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.gate;
