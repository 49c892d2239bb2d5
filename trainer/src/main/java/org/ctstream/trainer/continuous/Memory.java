package org.ctstream.trainer.continuous;

import java.io.UncheckedIOException;
import org.ctstream.service.health.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trainer's state, in this process and on the disk. For one thread. */
final class Memory {
    private static final Logger log = LoggerFactory.getLogger(Memory.class);
    private static final String STATE = "state";
    private static final String FAILURE = "last-run";

    private final StateFile file;
    private final Health health;
    private TrainerState state;

    /** Takes up what the trainer remembered when it last ran. */
    Memory(StateFile file, Health health) {
        this.file = file;
        this.health = health;
        this.state = file.load().started();
        noteFailure();
    }

    TrainerState state() {
        return state;
    }

    /** A state that does not fit on the disk is kept in this process: a full disk must not end the service. */
    void remember(TrainerState next) {
        state = next;
        noteFailure();
        try {
            file.save(next);
            health.forgetNote(STATE);
        } catch (UncheckedIOException e) {
            health.note(STATE, String.valueOf(e.getMessage()));
            log.atError().addKeyValue("reason", e.getMessage()).log("The trainer's state is not on the disk");
        }
    }

    private void noteFailure() {
        if (state.failed() == null) {
            health.forgetNote(FAILURE);
        } else {
            health.note(FAILURE, state.failed().describe());
        }
    }
}
