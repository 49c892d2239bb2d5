package org.ctstream.cli.deploy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for. No parser of the language: it takes the expression into tokens, wants brackets in
 * pairs, functions that exist and durations and matchers of the right form, and so tells metrics from labels.
 *
 * @param metrics names outside of brackets of their own
 * @param labels in matchers and in {@code by (…)} and the like
 * @see "Prometheus documentation, Querying basics, Operators, Functions"
 */
public record PromQuery(Set<String> metrics, Set<String> labels) {
    private static final Pattern TOKEN = Pattern.compile("\\s+"
            + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
            + "|(?<range>\\[(?:\\d+[smhdwy]|\\$__rate_interval|\\$__range|\\$__interval)]|(?<![\\w:])\\d+[smhdwy](?!\\w))"
            + "|(?<number>\\d+(?:\\.\\d+)?(?:e-?\\d+)?)"
            + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "|(?<sign>=~|!~|==|!=|>=|<=|[-+*/%^<>=,(){}])");
    private static final Pattern CALL = Pattern.compile("\\s*(?:\\(|(?:by|without)\\b)");
    private static final Set<String> GROUPINGS = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "offset", "bool");
    private static final Set<String> FUNCTIONS = Set.of(
            "sum",
            "min",
            "max",
            "avg",
            "count",
            "topk",
            "absent",
            "rate",
            "increase",
            "clamp_min",
            "clamp_max",
            "max_over_time",
            "avg_over_time",
            "time",
            "vector",
            "label_replace",
            "changes",
            "deriv",
            "abs");
    private static final Map<String, String> PAIRS = Map.of(")", "(", "}", "{");

    public PromQuery {
        metrics = Set.copyOf(metrics);
        labels = Set.copyOf(labels);
    }

    /** @throws IllegalArgumentException saying what is wrong, and where */
    public static PromQuery of(String expression) {
        var metrics = new TreeSet<String>();
        var labels = new TreeSet<String>();
        Deque<String> open = new ArrayDeque<>();
        Matcher token = TOKEN.matcher(expression);
        int at = 0;
        boolean grouping = false;
        while (at < expression.length()) {
            if (!token.find(at) || token.start() != at) {
                throw wrong(expression, at, "cannot be read");
            }
            String name = token.group("name");
            String sign = token.group("sign");
            if (name != null) {
                boolean called = CALL.matcher(expression)
                        .region(token.end(), expression.length())
                        .lookingAt();
                if (open.contains("{") || open.contains("group")) {
                    labels.add(name);
                } else if (GROUPINGS.contains(name)) {
                    // group_left may stand without labels of its own
                    grouping = called;
                } else if (called && !OPERATORS.contains(name)) {
                    if (!FUNCTIONS.contains(name)) {
                        throw wrong(expression, at, "is a function the test does not know");
                    }
                } else if (!OPERATORS.contains(name)) {
                    metrics.add(name);
                }
            } else if (sign != null && (sign.equals("(") || sign.equals("{"))) {
                open.push(grouping && sign.equals("(") ? "group" : sign);
                grouping = false;
            } else if (sign != null && PAIRS.containsKey(sign)) {
                String opened = open.isEmpty() ? "" : open.pop().replace("group", "(");
                if (!opened.equals(PAIRS.get(sign))) {
                    throw wrong(expression, at, "closes what is not open");
                }
            }
            at = token.end();
        }
        if (!open.isEmpty()) {
            throw wrong(expression, at, "ends before " + open + " is closed");
        }
        if (expression.isBlank()) {
            throw new IllegalArgumentException("an empty expression");
        }
        return new PromQuery(metrics, labels);
    }

    private static IllegalArgumentException wrong(String expression, int at, String what) {
        return new IllegalArgumentException(
                "PromQL at " + at + " \"" + expression.substring(at) + "\" " + what + ": " + expression);
    }
}
