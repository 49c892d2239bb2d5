/** What every engine needs: argument checks, kinds of failures, the graphics processor's name, an orderly end. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.engine.support;
