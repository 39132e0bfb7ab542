package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnRightsTest {
    private final List<String> asked = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private Signing signing;

    @BeforeEach
    void open() throws IOException {
        signing = Signing.in(folder);
        signing.remedy.policy = signing.remedy.policy.replace("separateDuties: true", "separateDuties: false")
                + "  users: {bob: bob@corp, carol: carol@corp}\n";
        signing.remedy.access = (user, verb, target) -> {
            asked.add(user + " " + verb + " " + target.path());
            return user.equals("bob@corp");
        };
        signing.people("bob", "carol", "dave");
    }

    @AfterEach
    void close() {
        signing.close();
    }

    @Test
    void mayApproveWhatTheyMayDo() {
        assertThat(signing.rule(signing.signed("bob")).accepted()).isTrue();
        assertThat(asked).containsExactly("bob@corp patch demo/deployment/crashy");
    }

    @Test
    void mayNotApproveWhatTheyMayNotDo() {
        Ruling ruling = signing.rule(signing.signed("carol"));

        assertThat(ruling.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(ruling.message()).contains("carol is carol@corp in the cluster (policy.yaml:", "may not patch");
    }

    @Test
    void mayNotApproveWhenNobodyKnowsWhoTheyAreInTheCluster() {
        assertThat(signing.rule(signing.signed("dave")).message()).contains("but not who dave is");
        assertThat(asked).isEmpty();
    }

    @Test
    void mayAlwaysReject() {
        assertThat(signing.rule(signing.signed("carol", decision -> decision.put("verdict", "REJECT")))
                        .accepted())
                .isTrue();
    }

    @Test
    void areNotGuessedWhereTheClusterDoesNotSay() {
        signing.remedy.access = (user, verb, target) -> {
            throw new ClusterException(ErrorCode.CLUSTER_FORBIDDEN, "we may not ask");
        };

        assertThat(signing.rule(signing.signed("bob")).reason()).isEqualTo(Reason.NOT_ALLOWED);
    }

    /** The activity is tried again: the decision is neither lost nor used up. */
    @Test
    void areAskedAgainWhenTheClusterIsAway() {
        var decision = signing.signed("bob");
        Access answers = signing.remedy.access;
        signing.remedy.access = (user, verb, target) -> {
            throw new ClusterException(ErrorCode.CLUSTER_UNREACHABLE, "away");
        };

        assertThatThrownBy(() -> signing.rule(decision))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.isNonRetryable()).isFalse());
        signing.remedy.access = answers;
        assertThat(signing.rule(decision).accepted()).isTrue();
    }
}
