package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Services;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The application gives up because a TLS certificate has ended: one that a Service serves, or one of its own. At fault is
 * the Secret that holds it, where the pods that serve it, or the path in the complaint, leave only one.
 */
final class CertificateExpired extends ComplaintRule {
    /** The wordings of Go, OpenSSL, Node and Java. */
    static final Pattern EXPIRED = Pattern.compile("(?i)(certificate (has |is )?expired"
            + "|certificate_expired|CERT_HAS_EXPIRED|CertificateExpired|expired certificate"
            + "|certificate .{0,80}\\bexpired (on|at|since)\\b)");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        if (notYetValid(complaint)) {
            return Optional.empty();
        }
        return complaint.said(EXPIRED).map(said -> {
            Finding.Draft draft = Finding.of("certificate-expired", ends(complaint))
                    .claim("a TLS certificate that it meets has ended", complaint.fact());
            Optional<Resource> service = Dependencies.service(
                    complaint.workload().cluster(), complaint.workload().namespace(), complaint.near());
            service.ifPresent(serving -> draft.dependsOn(serving)
                    .claim(
                            "Service " + serving.name() + " serves it",
                            Fact.field(serving, "spec", "is in the namespace")));
            Optional<String> secret = ownSecret(complaint).or(() -> service.flatMap(s -> secretBehind(complaint, s)));
            return draft.culprit(secret.map(name -> Culprits.object("Secret", name, null, null))
                    .or(() -> service.map(serving -> Culprits.object("Service", serving.name(), null, null)))
                    .orElseGet(() -> Culprits.field(complaint.workload(), complaint.container(), null, null)));
        });
    }

    /** Go begins in the same words where the certificate is not valid yet. */
    private static boolean notYetValid(Complaint complaint) {
        String error = complaint.words().error();
        return error.contains("not yet valid") && error.contains(" is before ");
    }

    private static Optional<String> ownSecret(Complaint complaint) {
        return Mounts.under(complaint.container(), complaint.near())
                .flatMap(mount -> Mounts.volume(complaint.container(), mount.text("name")))
                .map(volume -> volume.text("secret", "secretName"))
                .filter(name -> !name.isEmpty());
    }

    /** The one Secret that the pods behind the Service mount; of several, the one of type TLS. */
    private static Optional<String> secretBehind(Complaint complaint, Resource service) {
        List<String> mounted = complaint.workload().cluster().all("Pod").stream()
                .filter(pod -> pod.namespace().equals(service.namespace()))
                .filter(pod -> Services.selects(service, pod.fields().child("metadata", "labels")))
                .flatMap(pod -> pod.fields().list("spec", "volumes").stream())
                .map((Fields volume) -> volume.text("secret", "secretName"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        List<String> tls = mounted.stream()
                .filter(name -> complaint
                        .workload()
                        .cluster()
                        .find("Secret", service.namespace(), name)
                        .filter(secret -> secret.fields().text("type").equals("kubernetes.io/tls"))
                        .isPresent())
                .toList();
        return Stream.of(mounted, tls)
                .filter(names -> names.size() == 1)
                .map(names -> names.get(0))
                .findFirst();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "certificate-expired",
                Cause.Family.SECURITY,
                "A TLS certificate has ended: a handshake fails, or a server refuses to start with it.",
                "A main container that ended by itself, and an end of its log in the words of a TLS library.",
                "A certificate that is not valid yet, or of an unknown authority; an error that was survived."));
    }
}
