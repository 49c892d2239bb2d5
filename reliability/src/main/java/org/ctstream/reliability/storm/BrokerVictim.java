package org.ctstream.reliability.storm;

import java.util.function.BooleanSupplier;
import org.ctstream.embedded.broker.BrokerProcess;

/**
 * A broker.
 *
 * @param inSync whether all others have all of its records: only one broker is struck at a time
 */
record BrokerVictim(String name, BrokerProcess broker, BooleanSupplier inSync) implements Victim {
    @Override
    public String kind() {
        return "broker";
    }

    @Override
    public boolean isUp() {
        return broker.isRunning() && inSync.getAsBoolean();
    }

    @Override
    public boolean isAtWork() {
        return isUp();
    }

    @Override
    public long pid() {
        return broker.pid();
    }

    @Override
    public void kill() {
        broker.kill();
    }

    @Override
    public void revive() {
        if (!broker.isRunning()) {
            broker.start();
        }
    }
}
