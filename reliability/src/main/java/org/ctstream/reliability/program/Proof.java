package org.ctstream.reliability.program;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.benchmarks.report.Conditions;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;

/**
 * What a program found.
 *
 * @param name names the file: the program's name and what sets this run apart
 * @param title a heading
 * @param intro what was done, in a few sentences
 * @param promises counted, one or more
 * @param targets measured; may be empty
 * @param tables further figures
 * @param conditions under which it was done
 */
public record Proof(
        String name,
        String title,
        String intro,
        List<Promise> promises,
        List<Target> targets,
        List<Table> tables,
        Conditions conditions) {
    public Proof {
        promises = List.copyOf(promises);
        targets = List.copyOf(targets);
        tables = List.copyOf(tables);
        if (promises.isEmpty() && targets.isEmpty()) {
            throw new IllegalArgumentException(name + " proves nothing (expected: a promise or a target)");
        }
    }

    /** Every promise kept and every target met. */
    public boolean holds() {
        return promises.stream().allMatch(Promise::isKept) && targets.stream().allMatch(Target::isMet);
    }

    /** One line for the console. */
    public String verdict() {
        long broken = promises.stream().filter(promise -> !promise.isKept()).count()
                + targets.stream().filter(target -> !target.isMet()).count();
        int all = promises.size() + targets.size();
        return broken == 0 ? "HOLDS: all " + all + " promises kept" : "BROKEN: " + broken + " of " + all + " promises";
    }

    Section section() {
        var all = new ArrayList<Table>();
        if (!promises.isEmpty()) {
            all.add(Promise.table(promises));
        }
        all.addAll(tables);
        return new Section(name, title, intro + "\n\n**" + verdict() + "**", targets, all, List.of(), conditions);
    }
}
