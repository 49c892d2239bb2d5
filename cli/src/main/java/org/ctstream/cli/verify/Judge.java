package org.ctstream.cli.verify;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Decides for each scan whether it is accounted for. */
final class Judge {
    private final Window window;
    private final GroupPositions groups;

    Judge(Window window, GroupPositions groups) {
        this.window = window;
        this.groups = groups;
    }

    /** Goes through all that was seen; the findings come in no order. */
    Tally judge(Sightings sightings, Consumer<Finding> findings) {
        var tally = new Tally();
        sightings.accounts(accounts -> accounts.values().stream()
                .filter(account -> window.contains(account.receivedMs()))
                .forEach(account -> judge(account, tally, findings)));
        return tally;
    }

    private void judge(Account account, Tally tally, Consumer<Finding> findings) {
        tally.received();
        tally.outcome(account.isStored(), account.isDead());
        account.repeated().forEach((release, results) -> {
            tally.duplicate();
            findings.accept(new Finding.Duplicate(account.scan(), release, results));
        });
        if (!account.isStored() && !account.isDead()) {
            Finding.Missing missing = missing(account);
            tally.missing(missing.whereabouts());
            findings.accept(missing);
        }
    }

    private Finding.Missing missing(Account account) {
        Account.Seen last = Objects.requireNonNull(account.furthest(), "a scan that was received was seen");
        List<GroupPosition> there = groups.on(last.place().topicPartition());
        return new Finding.Missing(
                account.scan(),
                Instant.ofEpochMilli(account.receivedMs()),
                last.stage(),
                last.place().toString(),
                account.redrives(),
                groups.of(last.place().topicPartition(), last.place().offset()),
                there.stream().map(group -> group.about(last.place().offset())).toList());
    }
}
