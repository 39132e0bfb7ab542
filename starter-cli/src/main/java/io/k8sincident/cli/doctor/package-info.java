/** What {@code doctor} looks at, one area a class; every complaint comes with its fix. Nothing here changes anything. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.doctor;
