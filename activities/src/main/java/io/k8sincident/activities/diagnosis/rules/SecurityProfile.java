package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The node does not have the seccomp or AppArmor profile that a container asks for, or the kubelet does not allow a sysctl.
 * Proof is what the kubelet says of the container that it cannot make, or of the pod that it refuses.
 */
final class SecurityProfile implements Rule {
    private static final Pattern SECCOMP =
            Pattern.compile("(?i)(cannot load seccomp profile|seccomp profile .{0,200}no such"
                    + "|unable to load local profile|failed to (load|generate) seccomp)");
    private static final Pattern APP_ARMOR = Pattern.compile(
            "(?i)apparmor.{0,200}(not loaded|not found|not enabled|not supported|cannot enforce)|cannot enforce apparmor");
    private static final Pattern SYSCTL = Pattern.compile("forbidden sysctl: \"([^\"]+)\"");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.NOT_STARTED, Trouble.Kind.NOT_PREPARED)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        String said = trouble.fact().summary();
        var sysctl = SYSCTL.matcher(said);
        if (sysctl.find()) {
            String name = sysctl.group(1);
            return Finding.of("sysctl-forbidden", List.of(trouble))
                    .culprit(Culprits.template(
                            workload, "spec.securityContext.sysctls[" + name + "]", value(trouble, name)))
                    .claim(
                            "the kubelet refuses the pod: sysctl " + name + " is not allowed on the node",
                            trouble.fact())
                    .not("pod-security-denied", "the API server admitted the pod; its node refused it", trouble.fact())
                    .found();
        }
        boolean seccomp = SECCOMP.matcher(said).find();
        if (!seccomp && !APP_ARMOR.matcher(said).find()) {
            return Optional.empty();
        }
        return Finding.of("security-profile-missing", List.of(trouble))
                .culprit(culprit(workload, trouble, seccomp ? "seccompProfile" : "appArmorProfile"))
                .claim("the node cannot apply the " + (seccomp ? "seccomp" : "AppArmor") + " profile", trouble.fact())
                .not("bad-command", "the container was never made", trouble.fact())
                .found();
    }

    /** Where the profile is set: of the container, else of the pod. */
    private static Culprit culprit(WorkloadView workload, Trouble trouble, String field) {
        ContainerView container = trouble.container();
        PodView pod = trouble.pod();
        Stream<ContainerView> containers =
                container != null ? Stream.of(container) : pod == null ? Stream.of() : pod.containers().stream();
        return containers
                .filter(one -> one.spec().has("securityContext", field, "localhostProfile"))
                .findFirst()
                .map(one -> Culprits.field(
                        workload,
                        one,
                        "securityContext." + field,
                        one.spec().text("securityContext", field, "localhostProfile")))
                .orElseGet(() -> Culprits.template(
                        workload,
                        "spec.securityContext." + field,
                        pod == null
                                ? null
                                : pod.resource().fields().text("spec", "securityContext", field, "localhostProfile")));
    }

    private static String value(Trouble trouble, String name) {
        PodView pod = Scheduling.pod(trouble);
        return pod.resource().fields().list("spec", "securityContext", "sysctls").stream()
                .filter(sysctl -> sysctl.text("name").equals(name))
                .map(sysctl -> sysctl.text("value"))
                .findFirst()
                .orElse("");
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "security-profile-missing",
                        Cause.Family.SECURITY,
                        "The node does not have the seccomp or AppArmor profile that a container asks for.",
                        "CreateContainerError, or a pod that failed with reason AppArmor, and the kubelet's or runtime's"
                                + " words about the profile (kubelet 1.20 to 1.36, containerd 1.6 to 2.2).",
                        "Words about the command of the container (bad-command)."),
                new Cause(
                        "sysctl-forbidden",
                        Cause.Family.SECURITY,
                        "The pod sets a kernel parameter that its node does not allow.",
                        "A pod that failed with reason SysctlForbidden (kubelet 1.12 to 1.36).",
                        "A refusal by the API server (pod-security-denied)."));
    }
}
