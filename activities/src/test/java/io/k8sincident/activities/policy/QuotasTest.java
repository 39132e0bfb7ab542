package io.k8sincident.activities.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.Quantity;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.QuotaRoom.Quota;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three pods whose one container asks for more than before. */
class QuotasTest {
    private final Policy policy = Policies.with("limits: {growthPercent: 400}");

    @ParameterizedTest
    @CsvSource({
        "requests, memory, 100Mi, 200Mi, requests.memory, 300Mi, true",
        "requests, memory, 100Mi, 200Mi, requests.memory, 299Mi, false",
        "requests, memory, 100Mi, 200Mi, memory, 299Mi, false",
        "requests, cpu, 100m, 200m, cpu, 299m, false",
        "requests, cpu, 100m, 200m, limits.cpu, 0, true",
        "limits, cpu, 1, 2, limits.cpu, 2, false",
        "limits, cpu, 2, 1, limits.cpu, -1, true",
        "limits, cpu, 1, 1, limits.cpu, -1, true",
        "limits, cpu, 1, 2, pods, 0, true",
    })
    void holdsAllPodsTogetherToWhatIsLeft(
            String list, String name, String before, String after, String resource, String left, boolean allowed) {
        Quotas quotas =
                new Quotas(namespace -> List.of(quota("other", "configmaps", "0"), quota("team", resource, left)));

        assertThat(quotas.exceeded(policy, question(pods(3, list, name, before), pods(3, list, name, after))))
                .hasSize(allowed ? 0 : 1);
    }

    @Test
    void saysWhichQuotaLeavesHowMuch() {
        Quotas quotas = new Quotas(namespace -> List.of(quota("team", "cpu", "-1")));

        assertThat(quotas.exceeded(
                        policy, question(pods(2, "requests", "cpu", "100m"), pods(2, "requests", "cpu", "300m"))))
                .extracting(PolicyVerdict::describe)
                .containsExactly("policy.yaml:8: quota team of namespace shop leaves 0 of cpu, and the pods would ask"
                        + " for 0.400 more");
    }

    @ParameterizedTest
    @CsvSource({"pods", "count/pods"})
    void countsPods(String resource) {
        Quotas quotas = new Quotas(namespace -> List.of(quota("team", resource, "1")));
        String container = pods(2, "requests", "cpu", "1");

        assertThat(quotas.exceeded(policy, question(container, pods(3, "requests", "cpu", "1"))))
                .isEmpty();
        assertThat(quotas.exceeded(policy, question(container, pods(4, "requests", "cpu", "1"))))
                .hasSize(1);
    }

    @Test
    void deniesWhatItCannotSee() {
        Quotas blind = new Quotas(namespace -> {
            throw new IllegalStateException("resourcequotas in shop could not be read: 403");
        });

        assertThat(blind.exceeded(policy, question(pods(1, "requests", "cpu", "1"), pods(1, "requests", "cpu", "2"))))
                .extracting(PolicyVerdict::reason)
                .singleElement()
                .asString()
                .contains("cannot be read", "403");
    }

    @Test
    void readsNothingWherePodsAskForNoMore() {
        Quotas quotas = new Quotas(namespace -> {
            throw new IllegalStateException("read");
        });

        assertThat(quotas.exceeded(policy, question(pods(2, "requests", "cpu", "2"), pods(2, "requests", "cpu", "1"))))
                .isEmpty();
    }

    private static Quota quota(String name, String resource, String left) {
        return new Quota(name, Map.of(resource, amount(left)));
    }

    private static BigDecimal amount(String text) {
        return Quantity.exact(text).orElseThrow();
    }

    private static PolicyQuestion question(String before, String after) {
        return Policies.question(Stage.EXECUTE, "shop", before, after);
    }

    private static String pods(int replicas, String list, String name, String amount) {
        return """
            {"spec": {"replicas": %d, "template": {"spec": {"containers": [
             {"name": "app", "resources": {"%s": {"%s": "%s"}}}]}}}}
            """.formatted(replicas, list, name, amount);
    }
}
