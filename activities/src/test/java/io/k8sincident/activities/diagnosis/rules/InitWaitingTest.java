package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitWaitingTest {
    private static final String DB = """
            {kind: 'Service', metadata: {name: 'db', namespace: 'demo', uid: 's'}, spec: {selector: {app: 'db'}}}""";

    private static Fixture waiting(String container) {
        return new Fixture().object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T10:00:00Z'},
                 spec: {nodeName: 'n', initContainers: [{name: 'wait', %s}], containers: [{name: 'app'}]},
                 status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'True'}],
                   initContainerStatuses: [{name: 'wait', state: {running: {startedAt: '2026-03-01T10:00:01Z'}}}],
                   containerStatuses: [{name: 'app', state: {waiting: {reason: 'PodInitializing'}}}]}}
                """.formatted(container));
    }

    private static Optional<Finding> found(Fixture fixture) {
        return Seen.by(new InitWaiting(), fixture);
    }

    private static Optional<Finding> found(Fixture fixture, String log) {
        return Seen.by(new InitWaiting(), fixture.log("demo", "p", "wait", log));
    }

    @Test
    void aSilentLoopAroundAServiceThatDoesNotExistIsLikely() {
        Finding finding = found(waiting("command: ['sh', '-c', 'until nc -z db 5432; do sleep 1; done']"))
                .orElseThrow();

        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.culprit()).isEqualTo(new Culprit("Service", "db", null, null, "missing"));
        assertThat(finding.dependency()).isEmpty();
        assertThat(Seen.said(finding))
                .containsExactly(
                        "init container wait runs and does not end", "it is a loop", "there is no such Service");
        assertThat(Seen.ruledOut(finding)).containsExactly("init-container-failing");
    }

    @Test
    void aServiceWithoutAReadyEndpointIsWaitedForAndMayBeTheRoot() {
        Finding finding = found(waiting("command: ['sh', '-c', 'while ! nc db 5432; do :; done']")
                        .object(DB))
                .orElseThrow();

        assertThat(finding.culprit()).isEqualTo(new Culprit("Service", "db", null, null, null));
        assertThat(finding.dependency()).isPresent();
        assertThat(Seen.said(finding)).contains("Service db has no ready endpoint");
    }

    @ParameterizedTest
    @CsvSource({
        "demo, db, '{ready: true}', false",
        "demo, db, '{}', false",
        "demo, db, '{ready: false}', true",
        "demo, other, '{ready: true}', true",
        "else, db, '{ready: true}', true"
    })
    void aServiceWithAReadyEndpointIsNotWaitedFor(String namespace, String service, String conditions, boolean waits) {
        Fixture fixture = waiting("command: ['sh', '-c', 'until nc -z db 5432; do sleep 1; done']")
                .object(DB)
                .object("""
                        {kind: 'EndpointSlice', metadata: {name: 'db-x', namespace: '%s',
                         labels: {'kubernetes.io/service-name': '%s'}}, endpoints: [{conditions: %s}]}
                        """.formatted(namespace, service, conditions));

        assertThat(found(fixture).isPresent()).isEqualTo(waits);
    }

    @Test
    void aLoopMaySayOnceThatItWaits() {
        Finding finding = found(
                        waiting(
                                "command: ['sh', '-c', 'echo waiting for db; until nc -w 2 db 5432; do sleep 2; done']"),
                        "waiting for db\n")
                .orElseThrow();

        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.culprit()).isEqualTo(new Culprit("Service", "db", null, null, "missing"));
        assertThat(Seen.said(finding))
                .containsExactly(
                        "init container wait runs and does not end",
                        "it is a loop",
                        "the last that it says is that it waits",
                        "there is no such Service");
    }

    @Test
    void aCommandThatIsNoLoopProvesNothing() {
        assertThat(found(waiting("command: ['nc', 'db', '5432']"))).isEmpty();
    }

    @Test
    void aLoopAroundNothingKnownProvesNothing() {
        assertThat(found(waiting("command: ['sh', '-c', 'until test -f /x; do sleep 1; done']")))
                .isEmpty();
    }

    @Test
    void aLoopThatSaysSomethingElseProvesNothing() {
        assertThat(found(waiting("command: ['sh', '-c', 'until nc -z db 5432; do sleep 1; done']"), "loading\n"))
                .isEmpty();
    }

    @Test
    void theLogRepeatsThatItWaits() {
        Finding finding =
                found(waiting("image: 'i'"), "waiting for it\n".repeat(3)).orElseThrow();

        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.culprit()).isEqualTo(new Culprit("Pod", "p", "wait", null, null));
        assertThat(Seen.said(finding))
                .containsExactly("init container wait runs and does not end", "it says that it waits, again and again");
    }

    @Test
    void theLogNamesTheHost() {
        Finding finding = found(waiting("image: 'i'"), "dial tcp: lookup db: no such host\n".repeat(4))
                .orElseThrow();

        assertThat(finding.culprit()).isEqualTo(new Culprit("Service", "db", null, null, "missing"));
    }

    @Test
    void theHostIsSoughtInTheLastLinesOnly() {
        String log = "lookup db: no\n" + "waiting\n".repeat(23);
        assertThat(found(waiting("image: 'i'"), log).orElseThrow().culprit())
                .extracting(Culprit::kind)
                .isEqualTo("Service");

        assertThat(found(waiting("image: 'i'"), log + "waiting\n").orElseThrow().culprit())
                .extracting(Culprit::kind)
                .isEqualTo("Pod");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "waiting\nwaiting\n",
                "a\nwaiting\nwaiting\n",
                "copied\ncopied\ncopied\n",
                "waiting\nwaiting\nready\n"
            })
    void whatIsNotRepeatedThreeTimesOrDoesNotWaitProvesNothing(String log) {
        assertThat(found(waiting("image: 'i'"), log)).isEmpty();
    }

    @Test
    void numbersAndDaysDoNotCount() {
        assertThat(found(waiting("image: 'i'"), "Mon 1 retrying\nTue 22 retrying\nWed 333 retrying\n"))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"1, 3, true", "1, 2, false", "7, 3, true", "7, 2, false", "20, 3, true", "21, 3, false"})
    void aFewLinesMayBeRepeated(int period, int times, boolean waits) {
        StringBuilder lines = new StringBuilder("waiting\n");
        for (int i = 1; i < period; i++) {
            lines.append("line ").append("x".repeat(i)).append('\n');
        }

        assertThat(found(waiting("image: 'i'"), lines.toString().repeat(times)).isPresent())
                .isEqualTo(waits);
    }

    @Test
    void oneLineThatDiffersEndsTheRepetition() {
        assertThat(found(waiting("image: 'i'"), "waiting a\nb\nwaiting a\nb\nwaiting a\nx\n"))
                .isEmpty();
        assertThat(found(waiting("image: 'i'"), "waiting x\nb\nwaiting a\nb\nwaiting a\nb\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nc -z $(HOST) 1", "nc -z ${HOST} 1", "nc -z $HOST 1"})
    void variablesStandForTheirValues(String wait) {
        Finding finding = found(waiting(
                        "command: ['until', '%s'], env: [{name: 'NO'}, {name: 'HOST', value: 'db'}, {value: 'x'}]"
                                .formatted(wait)))
                .orElseThrow();

        assertThat(finding.culprit()).extracting(Culprit::name).isEqualTo("db");
    }

    @Test
    void aVariableIsNotTakenForOneWithALongerName() {
        Optional<Finding> found = found(waiting("command: ['until', 'nc -z $DB_HOST 1'],"
                + " env: [{name: 'DB', value: 'shop'}, {name: 'DB_HOST', value: 'pg'}]"));

        assertThat(found).isPresent();
        assertThat(found.orElseThrow().culprit()).extracting(Culprit::name).isEqualTo("pg");
    }

    @Test
    void theCommandComesBeforeTheArguments() {
        assertThat(found(waiting("command: ['until', 'nc'], args: ['db', '1']")))
                .isPresent();
    }
}
