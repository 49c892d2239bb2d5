/** Random search over the settings of one phase. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.search;
