/** Tests of the metrics, against values computed by other means. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.evaluate;
