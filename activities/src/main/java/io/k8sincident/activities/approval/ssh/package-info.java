/**
 * OpenSSH signatures and the file that says whose they are, read and checked with the JDK's cryptography alone: no
 * external program, no library between a forged byte and the answer.
 */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.approval.ssh;
