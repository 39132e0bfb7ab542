package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.DecisionTerms;
import io.k8sincident.workflows.model.IncidentStatus;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shell commands that sign a decision without our program, for those who decide in the Web UI: they print the input
 * of the signal. Only ssh-keygen and standard tools.
 */
final class SignedDecision {
    /** Nothing that a shell, printf or JSON would understand in another way. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9:._/-]+");

    private SignedDecision() {}

    /**
     * For an approval that is valid until the deadline. The canonical form of its statement has the fields in alphabetical
     * order. Empty if a name, which whoever started the incident chose, could be more than a name to a shell.
     */
    static Optional<String> commands(IncidentStatus status, String digest, DecisionTerms terms) {
        return Stream.of(status.request().cluster(), status.workflowId(), digest, String.valueOf(terms.clusterUid()))
                        .allMatch(text -> HARMLESS.matcher(text).matches())
                ? Optional.of(text(status, digest, terms))
                : Optional.empty();
    }

    private static String text(IncidentStatus status, String digest, DecisionTerms terms) {
        String after = "\"expiresAt\":\"" + status.deadline() + "\",\"planDigest\":\"" + digest + "\",\"runId\":\""
                + status.runId() + "\",\"verdict\":\"APPROVE\",\"version\":1,\"workflowId\":\"" + status.workflowId()
                + "\"";
        return String.join(
                "\n",
                "name=YOUR-NAME key=~/.ssh/id_ed25519",
                "a='\"approver\":\"'$name'\",\"cluster\":\"" + status.request().cluster() + "\",'",
                "b='\"decisionId\":\"'$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')'\"," + after + "'",
                "proof=$(printf '{%s\"clusterUid\":\"" + terms.clusterUid() + "\",%s}' \"$a\" \"$b\" |",
                "  ssh-keygen -Y sign -n decision@k8sincident.io -f $key | awk '{printf \"%s\\\\n\", $0}')",
                "printf '{%s%s,\"proof\":\"%s\"}\\n' \"$a\" \"$b\" \"$proof\"");
    }
}
