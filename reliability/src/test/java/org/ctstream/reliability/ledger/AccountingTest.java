package org.ctstream.reliability.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ctstream.reliability.program.Promise;
import org.junit.jupiter.api.Test;

class AccountingTest {
    private final Counts received = counts("a", "b");
    private final Counts normalized = counts("a", "b");
    private final Counts classified = counts("a", "b");
    private final Counts alerted = counts("b");
    private final Counts deadLettered = counts();
    private final List<StoredRow> stored =
            new ArrayList<>(List.of(row("result-a", "a", false, 0), row("result-b", "b", true, 1)));
    private final List<String> open = new ArrayList<>();

    @Test
    void everyPromiseIsKeptWhenEachScanIsEverywhereOnce() {
        assertThat(broken(true)).isEmpty();
    }

    @Test
    void aScanThatWasAcknowledgedAndIsNotOnTheTopicBreaksAPromise() {
        assertThat(broken(Accounting.fromReceived(ledger(), Set.of("a", "b", "lost"))))
                .containsExactly("Every scan a broker acknowledged is on the topic of received scans");
    }

    @Test
    void aScanThatIsNotStoredBreaksAPromise() {
        stored.remove(0);

        assertThat(broken(true)).containsExactly("No scan is missing in the database");
    }

    @Test
    void aScanStoredTwiceForAReleaseBreaksAPromiseThoughTheResultIdsDiffer() {
        stored.add(row("result-a2", "a", false, 0));

        assertThat(broken(true)).containsExactly("No scan is stored twice for a release");
    }

    @Test
    void aResultIdStoredTwiceBreaksAPromise() {
        stored.add(row("result-a", "a", false, 0));

        assertThat(broken(true))
                .containsExactly("No result id is stored twice", "No scan is stored twice for a release");
    }

    @Test
    void aStoredScanThatNobodyPublishedBreaksAPromise() {
        stored.add(row("result-c", "c", false, 0));

        assertThat(broken(true)).containsExactly("No scan is stored that was not published");
    }

    @Test
    void aSecondResultOnTheTopicBreaksAPromiseOnlyWhereItMustBeSingle() {
        classified.add("a");

        assertThat(broken(true)).containsExactly("Each scan has one committed result on the topic");
        assertThat(broken(false)).isEmpty();
    }

    @Test
    void anAlertThatIsMissingTwiceOrOfANegativeScanBreaksAPromise() {
        String promise = "Each of the 1 positive scans is alerted once, and no other";

        alerted.add("b");
        assertThat(broken(true)).containsExactly(promise);

        assertThat(broken(accounting(
                        new Ledger(received, normalized, classified, counts(), deadLettered, stored, open), true)))
                .containsExactly(promise);
        assertThat(broken(accounting(
                        new Ledger(received, normalized, classified, counts("a", "b"), deadLettered, stored, open),
                        true)))
                .containsExactly(promise);
    }

    @Test
    void anAlertThatWasStoredAndNotSentBreaksAPromise() {
        stored.set(1, new StoredRow("result-b", "b", "none:1@0", true, 1, false));

        assertThat(broken(true)).containsExactly("Each alert is in the database and marked as sent");
    }

    @Test
    void aDeadLetterThatIsNotExpectedOrExpectedAndNotThereBreaksAPromise() {
        deadLettered.add("a");

        assertThat(broken(true)).containsExactly("No scan is a dead letter");
        assertThat(broken(Accounting.fromNormalized(ledger(), Set.of()).deadLettersOf(Set.of("a"))))
                .isEmpty();
        assertThat(broken(Accounting.fromNormalized(ledger(), Set.of()).deadLettersOf(Set.of("a", "b"))))
                .hasSize(1);
    }

    @Test
    void aTransactionThatStaysOpenBreaksAPromise() {
        open.add("ct.scan.classified-0");

        assertThat(broken(true)).containsExactly("No transaction stays open");
    }

    private List<String> broken(boolean onceOnTopic) {
        return broken(accounting(ledger(), onceOnTopic));
    }

    private static Accounting accounting(Ledger ledger, boolean onceOnTopic) {
        return Accounting.fromReceived(ledger, Set.of("a", "b"))
                .results(onceOnTopic)
                .deadLettersOf(Set.of());
    }

    private static List<String> broken(Accounting accounting) {
        return accounting.promises().stream()
                .filter(promise -> !promise.isKept())
                .map(Promise::what)
                .toList();
    }

    private Ledger ledger() {
        return new Ledger(received, normalized, classified, alerted, deadLettered, stored, open);
    }

    private static StoredRow row(String resultId, String scanId, boolean positive, int alerts) {
        return new StoredRow(resultId, scanId, "none:1@0", positive, alerts, true);
    }

    private static Counts counts(String... scans) {
        var counts = new Counts();
        List.of(scans).forEach(counts::add);
        return counts;
    }
}
