package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.Fact;
import java.util.List;
import java.util.Optional;

/** The API server refuses a request of the pod's own ServiceAccount, in its own words (all releases with RBAC). */
final class RbacForbidden extends ComplaintRule {
    private static final Pattern FORBIDDEN =
            Pattern.compile("is forbidden: User \\\\?\"system:serviceaccount:([^:\"\\\\]+):"
                    + "([^:\"\\\\]+)\\\\?\" cannot (\\w+) resource \\\\?\"([^\"\\\\]+)");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        Matcher said = complaint.said(FORBIDDEN).orElse(null);
        if (said == null) {
            return Optional.empty();
        }
        var pod = complaint.container().pod().resource();
        String account = pod.fields().text("spec", "serviceAccountName");
        if (!said.group(2).equals(account.isEmpty() ? "default" : account)) {
            return Optional.empty();
        }
        String right = said.group(3) + " " + said.group(4);
        return Optional.of(Finding.of("rbac-forbidden", ends(complaint))
                .culprit(Culprits.object("ServiceAccount", said.group(2), "rbac", right))
                .claim(
                        "the API server refused: ServiceAccount " + said.group(2) + " may not " + right,
                        complaint.fact())
                .claim(
                        "the pod runs as this ServiceAccount",
                        Fact.field(pod, "spec.serviceAccountName", "serviceAccountName " + said.group(2))));
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "rbac-forbidden",
                Cause.Family.SECURITY,
                "The application ends because its ServiceAccount may not do what it tries.",
                "A main container that ended by itself, the API server's refusal at the end of its log (all releases with"
                        + " RBAC), and the same ServiceAccount in the pod's spec.",
                "A refusal for another account; a refusal that was survived."));
    }
}
