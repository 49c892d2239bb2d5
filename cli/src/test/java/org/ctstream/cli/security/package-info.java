/** Tests of the secure stack and of what becomes of patients' data. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.security;
