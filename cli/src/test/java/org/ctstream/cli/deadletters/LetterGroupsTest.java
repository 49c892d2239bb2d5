package org.ctstream.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LetterGroupsTest {

    @Test
    void lettersAreCountedByCauseWithTheNewestAsExample() {
        Letter first = Letters.of("scan-1", 1, "truncated");
        var groups = new LetterGroups(RedriveMarks.of(List.of(LetterKey.of(first))));

        groups.add(Letters.of("scan-3", 3, "truncated"));
        groups.add(first);
        groups.add(Letters.of("scan-2", 2, "empty"));

        assertThat(groups.sorted()).hasSize(2);
        LetterGroup largest = groups.sorted().get(0);
        assertThat(largest.cause()).isEqualTo("truncated");
        assertThat(largest.count()).isEqualTo(2);
        assertThat(largest.redriven()).isEqualTo(1);
        assertThat(largest.firstSeen()).isEqualTo(first.time());
        assertThat(largest.lastSeen())
                .isEqualTo(Letters.of("scan-3", 3, "truncated").time());
        assertThat(largest.exampleScanId()).isEqualTo("scan-3");
        assertThat(largest.exampleLetter()).isEqualTo(Letters.DLT + "-0@3");
    }

    @Test
    void letterIdIsReadBackFromItsText() {
        var id = new LetterId("ct.scan.received.dlt", 0, 42);

        assertThat(LetterId.parse(id.toString())).contains(id);
        assertThat(LetterId.parse("1e65b74b-d1cb-4a35-81dc-4861c7aae560")).isEmpty();
    }
}
