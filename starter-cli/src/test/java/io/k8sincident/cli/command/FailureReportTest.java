package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.workflows.model.ErrorCode;
import org.junit.jupiter.api.Test;

class FailureReportTest {
    @Test
    void saysOnceWhatWasNotChangedAlsoAfterAQuestion() {
        Problem problem = FailureReport.of(
                new ClusterException(
                        ErrorCode.TARGET_NOT_FOUND,
                        "There is no deployment 'crashi'. Did you mean crashy? Nothing was changed. Next: 'kubectl get deployments'."));

        assertThat(problem.happened()).isEqualTo("There is no deployment 'crashi'. Did you mean crashy?");
        assertThat(problem.next()).isEqualTo("kubectl get deployments");
    }

    @Test
    void keepsACommandWithinASentenceWhole() {
        Problem problem = FailureReport.of(
                new ClusterException(
                        ErrorCode.INVALID_INPUT,
                        "The kubeconfig is malformed. Nothing was read or changed. Next: correct it, and see 'kubectl config view'."));

        assertThat(problem.next()).isEqualTo("correct it, and see 'kubectl config view'");
    }
}
