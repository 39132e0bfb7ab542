package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;

/** What of a template a Pod Security Standard does not allow (admission plugin PodSecurity, 1.22 to 1.36). */
final class PodSecurityCulprit {
    static final Pattern VIOLATES = Pattern.compile("violates PodSecurity \"([^\"]+)\"(.*)", Pattern.DOTALL);
    private static final Pattern HOST_NAMESPACE = Pattern.compile("host namespaces \\((host[A-Z][A-Za-z]+)=true");
    private static final Pattern HOST_PATH = Pattern.compile("hostPath volumes \\(volumes? \"([^\"]+)\"");
    private static final Pattern CONTAINER =
            Pattern.compile("container \"([^\"]+)\" must (?:not )?set securityContext\\.(\\w+)");

    private PodSecurityCulprit() {}

    static Culprit of(WorkloadView workload, Matcher said) {
        String standard = "namespace enforces " + said.group(1);
        Matcher namespace = HOST_NAMESPACE.matcher(said.group(2));
        if (namespace.find()) {
            return Culprits.template(workload, "spec." + namespace.group(1), standard);
        }
        Matcher path = HOST_PATH.matcher(said.group(2));
        if (path.find()) {
            return Culprits.template(workload, "spec.volumes[" + path.group(1) + "].hostPath", standard);
        }
        Matcher container = CONTAINER.matcher(said.group(2));
        return container.find()
                        && said.group(2).indexOf("container \"")
                                == said.group(2).lastIndexOf("container \"")
                ? new Culprit(
                        workload.kind(),
                        workload.resource().name(),
                        container.group(1),
                        "securityContext." + container.group(2),
                        standard)
                : Culprits.template(workload, "spec.securityContext", standard);
    }
}
