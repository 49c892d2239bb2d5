/** What a model release is, and the folder in which releases are kept. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.release;
