package org.ctstream.gateway.association;

/**
 * A presentation context as both sides agreed on it.
 *
 * @param abstractSyntax SOP class of its objects
 * @param transferSyntax encoding of their data sets
 */
record AgreedContext(String abstractSyntax, String transferSyntax) {}
