package org.ctstream.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RightsTest {
    @ParameterizedTest
    @EnumSource(ServiceUser.class)
    void everyUserHasRightsAndNoneOverTheCluster(ServiceUser user) {
        List<Right> rights = of(user);

        assertThat(rights).isNotEmpty();
        assertThat(rights)
                .filteredOn(right -> right.resource() == ResourceType.CLUSTER)
                .allSatisfy(right -> assertThat(right.operations()).containsExactly(AclOperation.DESCRIBE));
        assertThat(rights)
                .allSatisfy(right -> assertThat(right.operations())
                        .doesNotContain(AclOperation.ALL, AclOperation.DELETE, AclOperation.CLUSTER_ACTION));
    }

    /** Names spelt out, so that a slip in the rules shows. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "publisher | ct.scan.labeled ct.scan.received ct.scan.received.stat",
                "gateway | ct.scan.received ct.scan.received.stat",
                "ingest | ct.scan.normalized ct.scan.normalized.stat ct.scan.received.dlt ct.scan.received.stat.dlt",
                "worker | ct.scan.classified ct.scan.normalized.dlt ct.scan.normalized.stat.dlt",
                "sink | ct.model.released ct.scan.alerted ct.scan.classified.dlt ct.scan.labeled ct.study.classified",
                "trainer | ct.model.released ct.scan.labeled.dlt",
            })
    void eachServiceWritesItsOwnTopicsAndNoOthers(String user, String topics) {
        Set<String> writable = Rights.all().stream()
                .filter(right -> right.user().word().equals(user))
                .filter(right -> right.resource() == ResourceType.TOPIC)
                .filter(right -> right.operations().contains(AclOperation.WRITE))
                .map(Right::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(String.join(" ", writable)).isEqualTo(topics);
    }

    @Test
    void onlyPeopleTheirPageAndTheTrainerReleaseModels() {
        assertThat(Rights.all().stream()
                        .filter(right -> right.name().equals(Topic.MODEL_RELEASED.topicName()))
                        .filter(right -> right.operations().contains(AclOperation.WRITE))
                        .map(Right::user))
                .containsExactlyInAnyOrder(ServiceUser.TRAINER, ServiceUser.OPERATOR, ServiceUser.SINK);
    }

    @Test
    void prefixesEndWhereAnotherServicesNamesCannotBegin() {
        assertThat(Rights.all())
                .filteredOn(right ->
                        right.pattern() == PatternType.PREFIXED && right.resource() == ResourceType.TRANSACTIONAL_ID)
                .hasSize(3)
                .allSatisfy(right -> assertThat(right.name()).endsWith("-"));
    }

    @Test
    void scriptGivesEveryRightOnceAndIsBash() {
        String script = RightsText.script(Rights.all());

        assertThat(script).startsWith("#!/usr/bin/env bash\n");
        assertThat(script.lines().filter(line -> line.contains("--allow-principal")))
                .hasSize(Rights.all().size())
                .doesNotHaveDuplicates();
        assertThat(script)
                .contains("--allow-principal User:ingest --operation Read --group ctstream-ingest\n")
                .contains("--operation DescribeConfigs");
    }

    private static List<Right> of(ServiceUser user) {
        return Rights.all().stream().filter(right -> right.user() == user).toList();
    }
}
