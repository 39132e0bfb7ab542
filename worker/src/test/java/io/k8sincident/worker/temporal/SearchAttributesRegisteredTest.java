package io.k8sincident.worker.temporal;

import static io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_DATETIME;
import static io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
import static io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SearchAttributesRegisteredTest {
    private final FakeTemporal temporal = FakeTemporal.started();
    private final TemporalSettings settings = temporal.settings();
    private final OperatorServiceStubs stubs = OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder(settings.stubsOptions()).validateAndBuildWithDefaults());
    private final List<String> said = new ArrayList<>();
    private final SearchAttributesRegistered registered = new SearchAttributesRegistered(stubs, settings, said::add);

    @AfterEach
    void stop() {
        stubs.shutdownNow();
        temporal.close();
    }

    @Test
    void addsAllThatAreMissing() {
        assertThat(registered.check()).isEmpty();

        assertThat(temporal.attributes)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "IncidentPhase", INDEXED_VALUE_TYPE_KEYWORD,
                        "IncidentCause", INDEXED_VALUE_TYPE_KEYWORD,
                        "IncidentNamespace", INDEXED_VALUE_TYPE_KEYWORD,
                        "IncidentWorkload", INDEXED_VALUE_TYPE_KEYWORD,
                        "IncidentRisk", INDEXED_VALUE_TYPE_KEYWORD,
                        "IncidentApprovalDeadline", INDEXED_VALUE_TYPE_DATETIME));
    }

    @Test
    void addsOnlyWhatIsMissing() {
        temporal.attributes.put("IncidentPhase", INDEXED_VALUE_TYPE_KEYWORD);

        assertThat(registered.check()).isEmpty();

        assertThat(said).singleElement().asString().contains("IncidentCause").doesNotContain("IncidentPhase");
    }

    @Test
    void saysNothingWhenAllAreThere() {
        assertThat(registered.check()).isEmpty();
        said.clear();

        assertThat(registered.check()).isEmpty();

        assertThat(said).isEmpty();
    }

    @Test
    void tellsTheExactCommandWhereItMayNotAdd() {
        temporal.add = Status.PERMISSION_DENIED.withDescription("operators only");
        temporal.attributes.put("IncidentPhase", INDEXED_VALUE_TYPE_KEYWORD);
        temporal.attributes.put("IncidentCause", INDEXED_VALUE_TYPE_KEYWORD);
        temporal.attributes.put("IncidentNamespace", INDEXED_VALUE_TYPE_KEYWORD);
        temporal.attributes.put("IncidentWorkload", INDEXED_VALUE_TYPE_KEYWORD);

        assertThat(registered.check()).hasValueSatisfying(obstacle -> {
            assertThat(obstacle.awaited()).contains("operators only");
            assertThat(obstacle.remedy())
                    .contains("temporal operator search-attribute create --namespace default --address "
                            + settings.address()
                            + " --name IncidentApprovalDeadline --type Datetime --name IncidentRisk --type Keyword");
        });
    }

    @Test
    void waitsWhereOneHasAnotherType() {
        temporal.attributes.put("IncidentPhase", INDEXED_VALUE_TYPE_TEXT);

        assertThat(registered.check())
                .hasValueSatisfying(obstacle -> assertThat(obstacle.awaited()).contains("IncidentPhase"));
    }

    @Test
    void goesOnWithAWarningWhereItMayNotLook() {
        temporal.list = Status.PERMISSION_DENIED;

        assertThat(registered.check()).isEmpty();

        assertThat(said).singleElement().asString().contains("temporal operator search-attribute create");
    }

    @Test
    void addsThemToAServerThatCannotListThem() {
        temporal.list = Status.UNIMPLEMENTED;
        temporal.attributes.put("IncidentPhase", INDEXED_VALUE_TYPE_KEYWORD);

        assertThat(registered.check()).isEmpty();

        assertThat(temporal.attributes).hasSize(6);
    }
}
