package io.k8sincident.cli.command;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"incident " + number(), "Java " + Runtime.version()};
    }

    /** From the manifest of the jar; {@code development} when run from classes. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
