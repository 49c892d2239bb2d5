/** {@code ctstream model shadow}: a candidate classifies what production classifies, and nothing it says leaves the report. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.shadow;
