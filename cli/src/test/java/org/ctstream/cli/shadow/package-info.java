/** Tests of a candidate's time in shadow. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.shadow;
