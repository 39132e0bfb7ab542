package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/**
 * The application gives up because what it needs over the network does not answer: the kernel or the resolver says so. Which
 * of these it is: a resolver that does not answer, or that the pod's dnsPolicy keeps from knowing the Services of the
 * cluster; a StatefulSet's own names without their Service; else the dependency itself.
 */
final class DependencyUnreachable extends ComplaintRule {
    private static final Pattern RESOLVER = Pattern.compile("(?i)(lookup \\S+ on [\\[\\]0-9a-f.:]+:53: .{0,120}(refused"
            + "|timeout|misbehaving|unreachable|no route)|temporary failure in name resolution|EAI_AGAIN"
            + "|gaierror.{0,40}try again|lookup address information: try again"
            + "|could not be resolved \\(110: Operation timed out\\))");
    private static final Pattern NO_SUCH_NAME = Pattern.compile(
            "(?i)(no such host|name or service not known|could not resolve|ENOTFOUND|unknown host|UnknownHostException"
                    + "|nodename nor servname|getaddrinfo failed|NXDOMAIN|bad address '|could not translate host name"
                    + "|name does not resolve|host not found|Unknown MySQL server host|can't resolve '"
                    + "|no address associated with hostname|name resolution failed)");
    private static final Pattern REFUSED = Pattern.compile(
            "(?i)(connection refused|ECONNREFUSED|ConnectionRefused|no route to host|EHOSTUNREACH|network (is )?unreachable"
                    + "|ETIMEDOUT|i/o timeout|connect(ion)? (has )?timed? ?out|connection reset by peer|could not connect"
                    + "|110[:\\]] operation timed out|operation timed out \\(os error 110\\)|\\b(connect(ion)?|HY000)\\b.{0,120}operation timed out"
                    + "|cannot connect to|can't connect to|cannot reach|unable to connect|host is unreachable"
                    + "|connection attempt failed|connection to \\S+ refused|could not be established"
                    + "|NoBrokersAvailable|communications link failure|code = Unavailable desc = connection)");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        if (complaint.said(CertificateExpired.EXPIRED).isPresent()) {
            return Optional.empty();
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
        return complaint.said(REFUSED).map(said -> unreachable(complaint, "what it needs does not answer"));
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
        if (!asksClusterDns(complaint.container()) && service(complaint).isPresent()) {
            return dns(complaint, "the name of a Service that exists does not resolve");
        }
        return unreachable(complaint, "the name of what it needs does not resolve");
    }

    private static Finding.Draft dns(Complaint complaint, String text) {
        ContainerView container = complaint.container();
        Finding.Draft draft = Finding.of("dns-failing", ends(complaint)).claim(text, complaint.fact());
        if (asksClusterDns(container)) {
            return draft;
        }
        Resource pod = container.pod().resource();
        String policy = pod.fields().text("spec", "dnsPolicy");
        List<String> nameservers = pod.fields().texts("spec", "dnsConfig", "nameservers");
        return draft.culprit(
                        policy.equals("None") && !nameservers.isEmpty()
                                ? Culprits.template(
                                        complaint.workload(),
                                        "spec.dnsConfig.nameservers",
                                        String.join(", ", nameservers))
                                : Culprits.template(complaint.workload(), "spec.dnsPolicy", policy))
                .claim(
                        "its dnsPolicy is " + policy + ", so that it does not ask the cluster's DNS",
                        Fact.field(pod, "spec.dnsPolicy", "dnsPolicy " + policy));
    }

    /** With the network of the host, {@code ClusterFirst} asks the host's resolver. */
    private static boolean asksClusterDns(ContainerView container) {
        Fields spec = container.pod().resource().fields().child("spec");
        String policy = spec.text("dnsPolicy");
        return policy.isEmpty()
                || policy.equals("ClusterFirstWithHostNet")
                || (policy.equals("ClusterFirst") && !spec.flag("hostNetwork"));
    }

    private static Finding.Draft unreachable(Complaint complaint, String text) {
        Finding.Draft draft =
                Finding.of("app-exit-dependency-unreachable", ends(complaint)).claim(text, complaint.fact());
        Optional<Resource> service = service(complaint);
        if (service.isPresent()) {
            return draft.dependsOn(service.get())
                    .culprit(Culprits.object("Service", service.get().name(), null, null))
                    .claim(
                            "it is Service " + service.get().name(),
                            Fact.field(service.get(), "spec", "is in the namespace"));
        }
        String namespace = complaint.workload().namespace();
        Optional<String> missing = Hosts.unresolved(complaint.near())
                .flatMap(host -> Dependencies.missing(complaint.workload().cluster(), namespace, host));
        if (missing.isPresent()) {
            return draft.culprit(Culprits.missing("Service", missing.get()))
                    .claim("there is no such Service", Fact.absent("Service", namespace, missing.get()));
        }
        return draft.culprit(Culprits.field(complaint.workload(), complaint.container(), null, null));
    }

    private static Optional<Resource> service(Complaint complaint) {
        ClusterView cluster = complaint.workload().cluster();
        String namespace = complaint.workload().namespace();
        return Dependencies.service(cluster, namespace, complaint.near())
                .or(() -> Hosts.unresolved(complaint.near())
                        .flatMap(host -> Hosts.serviceName(host, namespace))
                        .flatMap(name -> cluster.find("Service", namespace, name)));
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "app-exit-dependency-unreachable",
                        Cause.Family.CRASH,
                        "The application ends itself because something that it needs over the network does not answer.",
                        "A main container that ended by itself, and an end of its log in the words of the kernel or the"
                                + " resolver (connection refused, no route to host, no such host).",
                        "A resolver that does not answer or is not the cluster's (dns-failing); a certificate that ended"
                                + " (certificate-expired); an error that the application says it survived."),
                new Cause(
                        "dns-failing",
                        Cause.Family.NETWORK,
                        "Names do not resolve for the pod, whatever the name.",
                        "The resolver's answer at the end of the log (time-out, refused, EAI_AGAIN), or the name of a"
                                + " Service that exists and a dnsPolicy that does not ask the cluster's DNS.",
                        "One name that does not exist (app-exit-dependency-unreachable)."),
                new Cause(
                        "missing-headless-service",
                        Cause.Family.NETWORK,
                        "The Service that a StatefulSet's serviceName names does not exist, so that the names of its pods"
                                + " do not resolve.",
                        "Names below serviceName that do not resolve at the end of the log, and no such Service among"
                                + " all that were read.",
                        "A Service of that name."));
    }
}
