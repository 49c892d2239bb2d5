package org.ctstream.service.access;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** The rights as text: a table for people, a script for {@code kafka-acls.sh}. */
public final class RightsText {
    private RightsText() {}

    /** A Markdown table, one row per right. */
    public static String table(List<Right> rights) {
        var table = new StringJoiner("\n", "", "\n");
        table.add("| user | what | name | may | why |");
        table.add("| --- | --- | --- | --- | --- |");
        for (Right right : rights) {
            table.add("| %s | %s | `%s`%s | %s | %s |"
                    .formatted(
                            right.user().word(),
                            word(right.resource()),
                            right.name(),
                            right.pattern() == PatternType.PREFIXED ? " and what begins so" : "",
                            operations(right, ", "),
                            right.purpose()));
        }
        return table.toString();
    }

    /**
     * A Bash script that gives the rights with Kafka's own tool. Arguments of the script go to the tool: the broker and the
     * administrator's client properties.
     */
    public static String script(List<Right> rights) {
        var script = new StringJoiner("\n", "", "\n");
        script.add("""
                #!/usr/bin/env bash
                # Gives ctstream's users their rights. Written by "ctstream access script": edit Rights.java, not this file.
                #
                #   acls.sh --bootstrap-server HOST:PORT --command-config ADMIN.properties
                #
                # KAFKA_ACLS is the tool to use, kafka-acls.sh by default.
                set -euo pipefail
                acls=${KAFKA_ACLS:-kafka-acls.sh}
                """);
        for (ServiceUser user : ServiceUser.values()) {
            script.add("# " + user.word() + ": " + user.meaning());
            rights.stream()
                    .filter(right -> right.user() == user)
                    .map(RightsText::command)
                    .forEach(script::add);
        }
        return script.toString();
    }

    private static String command(Right right) {
        String operations = right.sortedOperations().stream()
                .map(operation -> "--operation " + camel(operation))
                .collect(Collectors.joining(" "));
        return "\"$acls\" \"$@\" --add --allow-principal User:%s %s %s%s"
                .formatted(
                        right.user().word(),
                        operations,
                        resource(right),
                        right.pattern() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
    }

    private static String resource(Right right) {
        return switch (right.resource()) {
            case TOPIC -> "--topic " + right.name();
            case GROUP -> "--group " + right.name();
            case TRANSACTIONAL_ID -> "--transactional-id " + right.name();
            case CLUSTER -> "--cluster";
            default -> throw new IllegalArgumentException("No right is about " + right.resource());
        };
    }

    private static String operations(Right right, String separator) {
        return right.sortedOperations().stream().map(RightsText::camel).collect(Collectors.joining(separator));
    }

    /** {@code DESCRIBE_CONFIGS} as Kafka's tool writes it: {@code DescribeConfigs}. */
    private static String camel(AclOperation operation) {
        var text = new StringBuilder();
        for (String part : operation.name().split("_", -1)) {
            text.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    private static String word(ResourceType resource) {
        return resource.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
