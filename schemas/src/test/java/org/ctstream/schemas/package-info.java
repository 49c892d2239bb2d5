/** Sample records for the tests. */
@org.jspecify.annotations.NullMarked
package org.ctstream.schemas;
