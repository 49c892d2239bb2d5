package org.ctstream.reliability.storm;

import org.ctstream.reliability.cluster.ServiceProcess;

/** A service; it may be struck while it still starts. */
record ServiceVictim(ServiceProcess service) implements Victim {
    @Override
    public String name() {
        return service.name();
    }

    @Override
    public String kind() {
        return service.role().command();
    }

    @Override
    public boolean isUp() {
        return service.isAlive();
    }

    @Override
    public boolean isAtWork() {
        return service.isReady();
    }

    @Override
    public long pid() {
        return service.pid();
    }

    @Override
    public void kill() {
        service.kill();
    }

    @Override
    public void revive() {
        service.launch();
    }
}
