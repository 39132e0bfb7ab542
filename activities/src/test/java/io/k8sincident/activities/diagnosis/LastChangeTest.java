package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Claim;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last claim of a diagnosis says what the release changed. */
class LastChangeTest {
    private static final String CRASH = Fixture.crashLoop("exitCode: 1, reason: 'Error'");

    @Test
    void namesTheFieldWithBothValuesAndTheRevisionBefore() {
        String change = lastClaim("image: 'web:1'", "image: 'web:2'");

        assertThat(change)
                .startsWith("revision 2")
                .contains("changed container app image web:1 → web:2")
                .endsWith("revision 1 is ready now");
    }

    @Test
    void namesAFieldThatWasNotThereBefore() {
        assertThat(lastClaim("image: 'web:1'", "image: 'web:1', args: ['--fast']"))
                .contains("container app args (none) → [\"--fast\"]");
    }

    @Test
    void goesDownToTheSingleValue() {
        assertThat(lastClaim(
                        "image: 'web:1', resources: {limits: {memory: '160Mi'}, requests: {cpu: '1'}}",
                        "image: 'web:1', resources: {limits: {memory: '32Mi'}, requests: {cpu: '1'}}"))
                .contains("changed container app resources.limits.memory 160Mi → 32Mi; revision 1");
    }

    @Test
    void tellsOfTheEnvironmentOnlyThatItChanged() {
        String change = lastClaim(
                "image: 'web:1', env: [{name: 'A', value: 'old'}]", "image: 'web:1', env: [{name: 'A', value: 'new'}]");

        assertThat(change).contains("changed container app env; revision 1").doesNotContain("old", "new");
    }

    @Test
    void saysNothingWhereTheTemplateIsTheSame() {
        assertThat(lastClaim("image: 'web:1'", "image: 'web:1'")).doesNotStartWith("revision");
    }

    private static String lastClaim(String former, String now) {
        List<Claim> claims = Fixture.rollout(former, now, CRASH)
                .log("FATAL cannot parse the plan\\n")
                .diagnoses()
                .get(0)
                .claims();
        return claims.get(claims.size() - 1).text();
    }
}
