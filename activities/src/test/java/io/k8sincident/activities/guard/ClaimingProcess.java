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
     * Claims under each of the limits in turn, when it is told to.
     *
     * @param arguments a name, how many claims, and for each limits a directory for the trail and the limits as YAML
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        TestClock clock = new TestClock(Remedy.START);
        try (FaultyApi api = new FaultyApi(Crashy.store());
                Remedy remedy = new Remedy(api.config())) {
            ExecutionRequest approved = remedy.approved();
            Plan plan = Remedy.planOf(remedy.propose(new HumanValue("app", "command", "[\"x\"]")));
            for (int each = 2; each < arguments.length; each += 2) {
                Slots slots = new Slots(new FileAuditTrail(Path.of(arguments[each]), clock), clock);
                Limits limits = Policy.parse(
                                "policy.yaml", Remedy.policyFor("demo") + "limits: " + arguments[each + 1] + "\n")
                        .limits();
                System.out.println("ready");
                var unused = System.in.read();
                int granted = 0;
                for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                    ExecutionRequest request = new ExecutionRequest(
                            arguments[0] + "-" + i,
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
}
