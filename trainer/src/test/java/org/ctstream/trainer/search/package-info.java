/** Tests of the search over settings. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.search;
