package io.k8sincident.activities.approval;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A plan, a policy that names who may sign, and people with real keys. */
abstract class SigningPeople {
    private final String[] people;

    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    Signing signing;

    SigningPeople(String... people) {
        this.people = people;
    }

    @BeforeEach
    void open() throws IOException {
        signing = Signing.in(folder);
        signing.people(people);
    }

    @AfterEach
    void close() {
        signing.close();
    }
}
