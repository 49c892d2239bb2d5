package org.ctstream.gateway.association;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ctstream.schemas.avro.Priority;

/**
 * Who may call, by which of our names, and whose scans are urgent.
 *
 * @param called our names
 * @param calling those we know; everybody if {@code anyCaller}
 * @param urgent names, ours or callers', that make a scan STAT
 */
record Callers(Set<AeTitle> called, Set<AeTitle> calling, boolean anyCaller, Set<AeTitle> urgent) {
    /** Stands for everybody. */
    static final String ANY = "*";

    Callers {
        called = Set.copyOf(called);
        calling = Set.copyOf(calling);
        urgent = Set.copyOf(urgent);
    }

    /** @throws IllegalArgumentException if a title is none */
    static Callers of(List<String> called, List<String> calling, List<String> urgent) {
        return new Callers(
                titles(called),
                titles(calling.stream()
                        .filter(title -> !title.strip().equals(ANY))
                        .toList()),
                calling.stream().anyMatch(title -> title.strip().equals(ANY)),
                titles(urgent));
    }

    boolean answersTo(AeTitle title) {
        return called.contains(title);
    }

    boolean knows(AeTitle title) {
        return anyCaller || calling.contains(title);
    }

    /** By either name: a PACS may send urgent scans to a name of their own. */
    Priority priority(AeTitle calledTitle, AeTitle callingTitle) {
        return urgent.contains(calledTitle) || urgent.contains(callingTitle) ? Priority.STAT : Priority.ROUTINE;
    }

    private static Set<AeTitle> titles(List<String> texts) {
        return texts.stream().map(AeTitle::new).collect(Collectors.toUnmodifiableSet());
    }
}
