/** Keeps the generated pages under docs/ equal to the code they are made from. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.docs;
