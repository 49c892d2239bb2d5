/** Tests of the pictures and the epoch table. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.plot;
