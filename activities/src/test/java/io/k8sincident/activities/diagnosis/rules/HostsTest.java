package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "db:5432 refused",
                "dial tcp db:5432",
                "no route to //db",
                "GET http://db/ready",
                "GET http://db?x=1",
                "amqp://guest@db:5672",
                "host=db:1",
                "(db:5432)",
                "[db:1]",
                "db.demo refused",
                "a db.svc b",
                "lookup db on 10.96.0.10:53",
                "lookup db",
                "getaddrinfo ENOTFOUND db",
                "getaddrinfo EAI_AGAIN db",
                "java.net.UnknownHostException: db",
                "server at \"db\" (10.1.1.1)",
                "connection to host 'db' failed",
                "HOST NAME \"db\"",
                "not found in upstream \"db\"",
                "the db, then db:5432"
            })
    void namesTheHost(String text) {
        assertThat(Hosts.named(text, "db")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db",
                "the db is slow",
                "mydb:5432",
                "-db:1",
                "http://xdb/",
                "open /db/schema",
                "open /db?",
                "file db/schema",
                "lookup dbx on 10.96.0.10:53",
                "lookup db-2 on 10.96.0.10:53",
                "server at \"dbx\"",
                "look db up",
                "UnknownHost: db",
                "connecting to \"db\":5432",
                "connect 'db':1",
                "\"db\" is closed",
                "column \"db\"",
                "server at db",
                "/ db"
            })
    void namesAnotherThing(String text) {
        assertThat(Hosts.named(text, "db")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "dial 10.96.1.2, true",
        "dial 10.96.1.2 failed, true",
        "dial 10.96.1.23, false",
        "dial 10.96.1.2-3, false",
        "dial 110.96.1.2, false"
    })
    void anAddressNeedsNoPort(String text, boolean named) {
        assertThat(Hosts.named(text, "10.96.1.2")).isEqualTo(named);
    }

    @Test
    void nobodyAndHeadlessHaveNoName() {
        assertThat(Hosts.named("//", "")).isFalse();
        assertThat(Hosts.named("http://None:80", "None")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "dial tcp: lookup db on 10.96.0.10:53: no such host, db",
        "lookup db.demo.svc: no such host, db.demo.svc",
        "Error: getaddrinfo ENOTFOUND db, db",
        "getaddrinfo EAI_AGAIN db-1, db-1",
        "java.net.UnknownHostException: db: Name does not resolve, db",
        "UnknownHostException: db, db",
        "'host not found in upstream \"db\" in /etc/nginx/nginx.conf', db",
        "'could not translate host name \"db\" to address', db",
        "curl: (6) Could not resolve host: db, db",
        "could not resolve hostname db: x, db",
        "'wget: bad address ''db''', db",
        "Unknown MySQL server host 'db' (-2), db",
        "'can''t resolve ''db''', db",
        "Connection refused (db:5432), db",
        "'HTTPConnectionPool(host=''db'', port=80)', db",
        "GET http://user@db/x failed, db",
        "GET http://db:80 failed, db"
    })
    void whatDoesNotResolveIsNamed(String text, String host) {
        assertThat(Hosts.unresolved(text)).contains(host);
    }

    @Test
    void whatResolvesIsNotNamed() {
        assertThat(Hosts.unresolved("connection refused")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"db, db", "db.demo, db", "db.demo.svc, db", "db.demo.svc.cluster.local, db", "7up, 7up"})
    void aServiceIsNamedInItsNamespace(String host, String service) {
        assertThat(Hosts.serviceName(host, "demo")).contains(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".demo", "10.96.1.2", "7", "db.other", "db.demo.example", "example.com"})
    void whatIsNoServiceOfTheNamespaceIsNone(String host) {
        assertThat(Hosts.serviceName(host, "demo")).isEmpty();
    }
}
