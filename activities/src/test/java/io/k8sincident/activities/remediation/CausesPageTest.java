package io.k8sincident.activities.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.rules.Cause;
import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.rules.Rule;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CausesPageTest {
    private static final CauseCatalog TWO = CauseCatalog.of(List.of(
            new Described("missing-secret", Cause.Family.CONFIG),
            new Described("image-not-found", Cause.Family.IMAGE)));

    @Test
    void thePageIsWhatTheRulesSay() throws IOException {
        String page = CausesPage.text(CauseCatalog.standard());

        if (Boolean.getBoolean("causes.write")) {
            Files.writeString(CausesPage.file(), page);
        }

        assertThat(CausesPage.file())
                .as("docs/causes.md is stale; write it anew: mvn -q test -pl activities -am -Dtest=CausesPageTest"
                        + " -Dcauses.write=true -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(page);
    }

    @Test
    void aRowSaysWhatMayBeOffered() {
        assertThat(CausesPage.text(TWO))
                .contains("| image | `image-not-found` | a \\| b | proof | neighbour | roll a Deployment back")
                .contains("restart the rollout, once what was missing exists (LOW)");
    }

    @Test
    void findsTheNearestIds() {
        assertThat(TWO.nearest("image-notfound")).containsExactly("image-not-found", "missing-secret");
        assertThat(TWO.find("image-not-found")).isPresent();
        assertThat(TWO.find("image")).isEmpty();
    }

    private record Described(String id, Cause.Family family) implements Rule {
        @Override
        public Optional<Finding> examine(WorkloadView workload) {
            return Optional.empty();
        }

        @Override
        public List<Cause> causes() {
            return List.of(new Cause(id, family, "a | b", "proof", "neighbour"));
        }
    }
}
