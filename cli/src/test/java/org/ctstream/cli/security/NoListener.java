package org.ctstream.cli.security;

import org.ctstream.cli.stack.StackListener;

/** For stacks that need no commentary. */
final class NoListener implements StackListener {
    @Override
    public void step(String text) {}

    @Override
    public void trouble(String text) {}
}
