/** What every engine needs: argument checks and an orderly end. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.engine.support;
