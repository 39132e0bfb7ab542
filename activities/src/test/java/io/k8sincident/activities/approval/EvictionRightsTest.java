package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StuckSet;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may patch a workload may not thereby evict its pods. */
class EvictionRightsTest {
    private final FaultyApi api = new FaultyApi(StuckSet.store());
    private final Remedy remedy = StuckSet.remedy(api.config());
    private final List<String> asked = new ArrayList<>();

    EvictionRightsTest() throws IOException {
        remedy.policy = remedy.policy + "  users: {bob: bob@corp}\n";
    }

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void mayNotApproveAnEvictionThatTheyMayNotMake() {
        Ruling ruling = ruled(false);

        assertThat(ruling.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(ruling.message()).contains("may not evict demo/pod/web-0");
        assertThat(asked).containsExactly("bob@corp create demo/pod/web-0");
    }

    @Test
    void mayApproveOneThatTheyMayMake() {
        assertThat(ruled(true).accepted()).isTrue();
    }

    private Ruling ruled(boolean allowed) {
        remedy.access = (user, verb, object) -> {
            asked.add(user + " " + verb + " " + object.path());
            return allowed;
        };
        return remedy.approve(String.valueOf(remedy.propose().digest()));
    }
}
