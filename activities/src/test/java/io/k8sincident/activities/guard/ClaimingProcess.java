package io.k8sincident.activities.guard;

import io.k8sincident.activities.audit.FileAuditTrail;
import io.k8sincident.activities.policy.Limits;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Plan;
import java.io.IOException;
import java.nio.file.Path;

/** A process that claims slots as a worker does, one incident after the other, once it reads a line; it tells how many it got. */
public final class ClaimingProcess {
    private ClaimingProcess() {}

    /**
     * Claims.
     *
     * @param arguments the directory of the trail, the limits as YAML, a name, and how many claims
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        TestClock clock = new TestClock(Remedy.START);
        Slots slots = new Slots(new FileAuditTrail(Path.of(arguments[0]), clock), clock);
        Limits limits = Policy.parse("policy.yaml", Remedy.policyFor("demo") + "limits: " + arguments[1] + "\n")
                .limits();
        try (FaultyApi api = new FaultyApi(Crashy.store());
                Remedy remedy = new Remedy(api.config())) {
            ExecutionRequest approved = remedy.approved();
            Plan plan = Remedy.planOf(remedy.propose(new HumanValue("app", "command", "[\"x\"]")));
            System.out.println("ready");
            var unused = System.in.read();
            int granted = 0;
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                ExecutionRequest request = new ExecutionRequest(
                        arguments[2] + "-" + i,
                        Remedy.RUN,
                        approved.planDigest(),
                        0,
                        approved.acceptance(),
                        approved.windowEnds());
                granted += slots.claim(limits, plan, request, false).claim().isPresent() ? 1 : 0;
            }
            System.out.println(granted);
        }
    }
}
