/** Tests of ctstream's serializers against Confluent's genuine ones. */
@org.jspecify.annotations.NullMarked
package org.ctstream.interop;
