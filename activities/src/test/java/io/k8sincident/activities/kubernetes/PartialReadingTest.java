package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.testing.FaultRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What cannot be read is a gap that says why; what can be is read all the same. */
@FaultRow("429, 500, reset, hang, cut answer or 403 at a read")
class PartialReadingTest extends CrashyCluster {
    PartialReadingTest() throws IOException {}

    @Test
    void labelsALogThatMayNotBeRead() throws IOException {
        server.on(Crashy.LOG, FakeApiServer.status(403, "Forbidden", "pods is forbidden"));

        Snapshot snapshot = take();

        assertThat(log(snapshot, true).error()).startsWith("403 Forbidden");
        assertThat(gap(snapshot, "Log").command())
                .isEqualTo("kubectl logs crashy-5d9c7b6f4-x2x9z -c app -n demo --previous --tail=500");
    }

    @Test
    void labelsThePodThatIsGoneMeanwhile() throws IOException {
        server.on(Crashy.LOG, FakeApiServer.status(404, "NotFound", "pods crashy not found"));

        assertThat(gap(take(), "Log").why()).startsWith("404 NotFound");
    }

    @Test
    void takesTheKubeletsExcuseForAnErrorAndNotForALog() throws IOException {
        server.on(Crashy.LOG, FakeApiServer.json(200, "unable to retrieve container logs for containerd://abc"));

        ContainerLog log = log(take(), true);

        assertThat(log.text()).isEmpty();
        assertThat(log.error()).contains("unable to retrieve");
    }

    @Test
    void triesAgainWhenTheServerIsBusy() throws IOException {
        server.on(
                Crashy.PODS,
                FakeApiServer.status(429, "TooManyRequests", "slow down"),
                FakeApiServer.json(200, "{\"items\":[" + Crashy.pod() + "]}"));

        assertThat(take().gaps()).isEmpty();
    }

    @Test
    void triesAgainAtMostTwiceAndThenLabelsWhatIsMissing() throws IOException {
        server.on(Crashy.PODS, FakeApiServer.status(500, "InternalError", "etcd is down"));

        Snapshot snapshot = take();

        assertThat(server.requests(Crashy.PODS)).isEqualTo(3);
        assertThat(gap(snapshot, "Pod").why()).contains("500 InternalError: etcd is down");
        assertThat(gap(snapshot, "Pod").command()).startsWith("kubectl get pods -n demo -l 'app=crashy'");
    }

    @Test
    void labelsAListThatWasCutShort() throws IOException {
        server.on(Crashy.PODS, FakeApiServer.truncated("{\"items\":[{\"metadata\":"));

        assertThat(take().complete("Pod")).isFalse();
    }

    @Test
    void labelsAListThatIsNoJson() throws IOException {
        server.json(Crashy.EVENTS, "<html>proxy</html>");

        assertThat(gap(take(), "Event").why()).contains("no JSON object");
    }

    @Test
    void labelsAnObjectThatIsNoList() throws IOException {
        server.json(Crashy.PODS, "{\"kind\":\"Status\",\"status\":\"Success\"}");

        Snapshot snapshot = take();

        assertThat(gap(snapshot, "Pod").why()).contains("no list");
        assertThat(snapshot.complete("Pod")).isFalse();
    }

    /** So an API server writes an empty list of metadata. */
    @Test
    void takesAListWithoutItemsForEmpty() throws IOException {
        server.json(
                Crashy.PODS,
                "{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/v1\",\"items\":null}");

        assertThat(take().gaps()).isEmpty();
    }

    @Test
    void takesAKindThatEachServerHasForUnreadAndNotForAbsent() throws IOException {
        server.on(Crashy.EVENTS, FakeApiServer.status(404, "NotFound", "no"));
        server.on("/apis/policy/v1/namespaces/demo/poddisruptionbudgets", FakeApiServer.status(404, "NotFound", "no"));

        Snapshot snapshot = take();

        assertThat(snapshot.gaps()).extracting(Gap::kind).containsExactly("Event");
    }

    @Test
    void givesUpAnAnswerThatNeverEnds() throws IOException {
        server.on(Crashy.LOG, FakeApiServer.hanging());

        try (KubernetesConnection connection = server.connect(directory)) {
            ApiReader impatient = connection.reader().within(Duration.ofMillis(500));
            Snapshot snapshot =
                    new TargetReading(impatient, CRASHY, Instant.now()).read().build("s", Instant.EPOCH);

            assertThat(gap(snapshot, "Log").why()).isEqualTo("no answer: timed out");
        }
    }

    @Test
    void doesNotKnowASecretThatItMayNotSee() throws IOException {
        String waiting = pod(
                        "crashy-5d9c7b6f4-x2x9z",
                        "{\"waiting\":{\"reason\":\"CreateContainerConfigError\"}}",
                        "Pending")
                .replace("\"spec\":{", "\"spec\":{\"volumes\":[{\"secret\":{\"secretName\":\"tls\"}}],");
        server.json(Crashy.PODS, "{\"items\":[" + waiting + "]}");
        server.on("/api/v1/namespaces/demo/secrets", FakeApiServer.status(403, "Forbidden", "no"));

        assertThat(take().complete("Secret")).isFalse();
    }

    @Test
    void saysWhatABoundCutOff() throws IOException {
        server.json(
                Crashy.EVENTS,
                "{\"metadata\":{\"continue\":\"next\"},\"items\":["
                        + IntStream.range(0, 1_000)
                                .mapToObj(i -> Crashy.event("e-" + i))
                                .collect(Collectors.joining(","))
                        + "]}");

        assertThat(gap(take(), "Event").why()).contains("more than the 1000");
    }
}
