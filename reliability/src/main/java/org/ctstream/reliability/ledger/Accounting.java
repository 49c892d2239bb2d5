package org.ctstream.reliability.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ctstream.reliability.program.Promise;

/** Holds a ledger against the scans that must be in it. Not thread-safe. */
public final class Accounting {
    private final Ledger ledger;
    private final Set<String> scans;
    private final List<Promise> promises = new ArrayList<>();

    private Accounting(Ledger ledger, Collection<String> scans) {
        this.ledger = ledger;
        this.scans = new TreeSet<>(scans);
    }

    /**
     * Of scans that went in at the front. Everything on the topic of received scans counts: a publisher which heard no
     * acknowledgement may have succeeded.
     *
     * @param acknowledged ids of scans that a broker has said it has
     */
    public static Accounting fromReceived(Ledger ledger, Set<String> acknowledged) {
        var accounting = new Accounting(ledger, ledger.received().scans());
        accounting.promises.add(Promise.unbrokenBy(
                "Every scan a broker acknowledged is on the topic of received scans",
                ledger.received().missing(acknowledged)));
        accounting.promises.add(Promise.unbrokenBy(
                "Each received scan is there once", ledger.received().repeated()));
        accounting.once("Each received scan is normalized once", ledger.normalized());
        return accounting;
    }

    /** Of scans written to the topic of normalized scans. */
    public static Accounting fromNormalized(Ledger ledger, Collection<String> written) {
        return new Accounting(ledger, written);
    }

    /**
     * The results: on their topic, in the database, and their alerts.
     *
     * @param onceOnTopic false where workers may publish a result again, and only the stored ones must be single
     */
    public Accounting results(boolean onceOnTopic) {
        if (onceOnTopic) {
            once("Each scan has one committed result on the topic", ledger.classified());
        } else {
            promises.add(Promise.unbrokenBy(
                    "Each scan has a committed result on the topic",
                    ledger.classified().missing(scans)));
        }
        stored();
        alerts();
        promises.add(Promise.of(
                "No transaction stays open",
                ledger.openTransactions().isEmpty(),
                String.join(", ", ledger.openTransactions())));
        return this;
    }

    /** No scan has become a dead letter, unless it is among these, which have one each. */
    public Accounting deadLettersOf(Set<String> expected) {
        var wrong = new TreeSet<>(ledger.deadLettered().missing(expected));
        wrong.addAll(ledger.deadLettered().repeated());
        ledger.deadLettered().scans().stream()
                .filter(scan -> !expected.contains(scan))
                .forEach(wrong::add);
        promises.add(Promise.unbrokenBy(
                expected.isEmpty()
                        ? "No scan is a dead letter"
                        : "Each bad record is one dead letter, and nothing else is",
                wrong));
        return this;
    }

    public List<Promise> promises() {
        return List.copyOf(promises);
    }

    private void once(String what, Counts counts) {
        var wrong = new TreeSet<>(counts.missing(scans));
        wrong.addAll(counts.repeated());
        counts.scans().stream().filter(scan -> !scans.contains(scan)).forEach(wrong::add);
        promises.add(Promise.unbrokenBy(what, wrong));
    }

    private void stored() {
        var byScan = new Counts();
        var byScanAndRelease = new Counts();
        var byResult = new Counts();
        ledger.stored().forEach(row -> {
            byScan.add(row.scanId());
            byScanAndRelease.add(row.scanId() + " " + row.release());
            byResult.add(row.resultId());
        });
        promises.add(Promise.unbrokenBy("No scan is missing in the database", byScan.missing(scans)));
        promises.add(Promise.unbrokenBy(
                "No scan is stored that was not published",
                byScan.scans().stream().filter(scan -> !scans.contains(scan)).toList()));
        promises.add(Promise.unbrokenBy("No result id is stored twice", byResult.repeated()));
        promises.add(Promise.unbrokenBy("No scan is stored twice for a release", byScanAndRelease.repeated()));
    }

    private void alerts() {
        Set<String> positive = ledger.stored().stream()
                .filter(StoredRow::positive)
                .map(StoredRow::scanId)
                .collect(Collectors.toSet());
        var wrong = new TreeSet<>(ledger.alerted().missing(positive));
        wrong.addAll(ledger.alerted().repeated());
        ledger.alerted().scans().stream()
                .filter(scan -> !positive.contains(scan))
                .forEach(wrong::add);
        promises.add(Promise.unbrokenBy(
                "Each of the " + positive.size() + " positive scans is alerted once, and no other", wrong));
        promises.add(Promise.unbrokenBy(
                "Each alert is in the database and marked as sent",
                ledger.stored().stream()
                        .filter(row -> row.alerts() != (row.positive() ? 1 : 0) || !row.published())
                        .map(StoredRow::scanId)
                        .toList()));
    }
}
