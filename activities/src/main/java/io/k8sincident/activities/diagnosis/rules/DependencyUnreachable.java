package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import java.util.Optional;

/**
 * The application gives up because what it needs over the network does not answer: the kernel or the resolver says so. Which
 * of these it is: a resolver that does not answer, or that the pod's dnsPolicy keeps from knowing the Services of the
 * cluster; a StatefulSet's own names without their Service; a certificate that has ended; else the dependency itself.
 */
final class DependencyUnreachable extends ComplaintRule {
    private static final Pattern RESOLVER = Pattern.compile("(?i)(lookup \\S+ on [\\[\\]0-9a-f.:]+:53: .{0,120}(refused"
            + "|timeout|misbehaving|unreachable|no route)|temporary failure in name resolution|EAI_AGAIN)");
    private static final Pattern NO_SUCH_NAME = Pattern.compile(
            "(?i)(no such host|name or service not known|could not resolve|ENOTFOUND|unknown host|UnknownHostException"
                    + "|nodename nor servname|getaddrinfo failed|NXDOMAIN|bad address '|could not translate host name)");
    private static final Pattern EXPIRED =
            Pattern.compile("(?i)certificate (has )?expired|certificate_expired|CERT_HAS_EXPIRED|CertificateExpired");
    private static final Pattern REFUSED = Pattern.compile(
            "(?i)(connection refused|ECONNREFUSED|no route to host|EHOSTUNREACH|network is unreachable|ETIMEDOUT"
                    + "|i/o timeout|connect(ion)? timed? ?out|connection reset by peer|could not connect|cannot connect to"
                    + "|can't connect to|cannot reach|unable to connect|host is unreachable|connection attempt failed)");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        if (complaint.said(EXPIRED).isPresent()) {
            return Optional.of(draft("certificate-expired", complaint, "a TLS certificate that it meets has ended"));
        }
        if (complaint.said(RESOLVER).isPresent()) {
            return Optional.of(dns(complaint, "the resolver of its pod does not answer"));
        }
        if (complaint.said(NO_SUCH_NAME).isPresent()) {
            return Optional.of(noSuchName(complaint));
        }
        Optional<Finding.Draft> byPolicy = service(complaint).flatMap(service -> PolicyBlocks.of(complaint, service));
        if (byPolicy.isPresent()) {
            return byPolicy;
        }
        return complaint
                .said(REFUSED)
                .map(said -> draft("app-exit-dependency-unreachable", complaint, "what it needs does not answer"));
    }

    private static Finding.Draft noSuchName(Complaint complaint) {
        Resource workload = complaint.workload().resource();
        String service = workload.fields().text("spec", "serviceName");
        boolean ownNames = complaint.workload().kind().equals("StatefulSet")
                && !service.isEmpty()
                && complaint.near().contains("." + service)
                && complaint.workload().cluster().absent("Service", workload.namespace(), service);
        if (ownNames) {
            return Finding.of("missing-headless-service", ends(complaint))
                    .culprit(Culprits.template(complaint.workload(), "spec.serviceName", service))
                    .claim("names of its own pods do not resolve", complaint.fact())
                    .claim(
                            "the Service that gives them these names does not exist",
                            Fact.absent("Service", workload.namespace(), service));
        }
        if (service(complaint).filter(ExternalName::external).isPresent()) {
            return ExternalName.finding(service(complaint).get(), ends(complaint), complaint.fact());
        }
        if (!clusterDns(complaint.container()) && service(complaint).isPresent()) {
            return dns(complaint, "the name of a Service that exists does not resolve");
        }
        return draft("app-exit-dependency-unreachable", complaint, "the name of what it needs does not resolve");
    }

    private static Finding.Draft dns(Complaint complaint, String text) {
        ContainerView container = complaint.container();
        Finding.Draft draft = Finding.of("dns-failing", ends(complaint)).claim(text, complaint.fact());
        if (clusterDns(container)) {
            return draft;
        }
        String policy = container.pod().resource().fields().text("spec", "dnsPolicy");
        return draft.culprit(Culprits.template(complaint.workload(), "spec.dnsPolicy", policy))
                .claim(
                        "its dnsPolicy is " + policy + ", so that it does not ask the cluster's DNS",
                        Fact.field(container.pod().resource(), "spec.dnsPolicy", "dnsPolicy " + policy));
    }

    private static boolean clusterDns(ContainerView container) {
        String policy = container.pod().resource().fields().text("spec", "dnsPolicy");
        return policy.isEmpty() || policy.startsWith("ClusterFirst");
    }

    private static Finding.Draft draft(String cause, Complaint complaint, String text) {
        Finding.Draft draft = Finding.of(cause, ends(complaint)).claim(text, complaint.fact());
        service(complaint)
                .ifPresentOrElse(
                        service -> draft.dependsOn(service)
                                .culprit(Culprits.object("Service", service.name(), null, null))
                                .claim(
                                        "it is Service " + service.name(),
                                        Fact.field(service, "spec", "is in the namespace")),
                        () -> draft.culprit(Culprits.field(complaint.workload(), complaint.container(), null, null)));
        return draft;
    }

    /** The Service that the complaint names, or whose address it names. */
    private static Optional<Resource> service(Complaint complaint) {
        WorkloadView workload = complaint.workload();
        String text = complaint.near();
        return workload.cluster().all("Service").stream()
                .filter(service -> service.namespace().equals(workload.namespace()))
                .filter(service -> Hosts.named(text, service.name())
                        || Hosts.named(text, service.fields().text("spec", "clusterIP")))
                .max(java.util.Comparator.comparingInt(service -> service.name().length()));
    }
}
