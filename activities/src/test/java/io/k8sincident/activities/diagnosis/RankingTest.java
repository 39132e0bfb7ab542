package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.diagnosis.view.Workloads;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final WorkloadView WEB = Workloads.of(new ClusterView(
                    Fixture.rollout("image: 'a'", "image: 'b'", Fixture.waiting("InvalidImageName", "x"))
                            .snapshot()))
            .stream()
            .filter(workload -> workload.kind().equals("Deployment"))
            .findFirst()
            .orElseThrow();
    private static final PodView CURRENT = pod("web-2-x");
    private static final PodView FORMER = pod("web-1-x");

    private static PodView pod(String name) {
        return WEB.pods().stream()
                .filter(pod -> pod.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Trouble trouble(Trouble.Kind kind, @Nullable PodView pod) {
        return new Trouble(kind, pod, null, "S", new Fact("w", "s", "c"), null);
    }

    private static Finding.Draft finding(String cause, Trouble... troubles) {
        return Finding.of(cause, List.of(troubles));
    }

    private static Finding.Draft ended(String cause) {
        return finding(cause, trouble(Trouble.Kind.ENDED, CURRENT));
    }

    private static void assertOrder(Finding.Draft... drafts) {
        List<Finding> findings =
                Arrays.stream(drafts).map(draft -> draft.found().orElseThrow()).toList();
        assertThat(Ranking.ranked(WEB, findings)).isEqualTo(findings);
        assertThat(Ranking.ranked(WEB, List.of(findings.get(1), findings.get(0))))
                .isEqualTo(findings);
    }

    @Test
    void whatSaysWhyComesBeforeWhatSaysOnlyThat() {
        assertOrder(ended("b").likely(), ended("a").general());
    }

    @Test
    void whatIsProvenComesBeforeWhatIsLikely() {
        assertOrder(
                finding("b", trouble(Trouble.Kind.ENDED, FORMER)), ended("a").likely());
    }

    @Test
    void theCurrentRevisionComesBeforeAFormerOne() {
        Trouble former = trouble(Trouble.Kind.ENDED, FORMER);

        assertOrder(ended("b"), finding("a", former, former));
        assertOrder(finding("b", trouble(Trouble.Kind.ENDED, null)), finding("a", former, former));
    }

    @Test
    void whatExplainsMoreComesFirst() {
        Trouble current = trouble(Trouble.Kind.ROLLOUT, CURRENT);

        assertOrder(finding("b", current, current), ended("a"));
    }

    @Test
    void theEarlierStageComesFirst() {
        assertOrder(finding("b", trouble(Trouble.Kind.NOT_STARTED, CURRENT)), ended("a"));
    }

    @Test
    void theRestIsForDeterminism() {
        assertOrder(ended("a"), ended("b"));
    }
}
